# Starts a service manager of our own, where it finds neither the machine's nor
# the reader's: `sh` by `unshare --mount --pid --fork --mount-proc`. Units are what
# is written into $UNITS. Its end is process 1's.
mount -t tmpfs none /run && mkdir -p /run/systemd/system
export XDG_RUNTIME_DIR="$PWD/run" XDG_CONFIG_HOME="$PWD/config" HOME="$PWD"
UNITS=$XDG_CONFIG_HOME/systemd/user
mkdir -p "$UNITS" && mkdir -m 700 "$XDG_RUNTIME_DIR"

# Something in the place of the journal, which throws away what it reads.
journal() {
    mkdir -p /run/systemd/journal && mkfifo "$PWD/listens"
    python3 -c '
import socket
journal = socket.socket(socket.AF_UNIX)
journal.bind("/run/systemd/journal/stdout")
journal.listen()
open("listens", "w").close()
services = []
while True:
    services.append(journal.accept())' &
    cat "$PWD/listens"
}

manager() {
    printf '[Unit]\n' >"$UNITS/none.target"
    env -u SHELL ${MANAGER_ENV-} /lib/systemd/systemd --user --unit=none.target --log-target=null --show-status=no &
    manager=$!
    trap dismiss EXIT
    until systemctl --user is-active -q none.target 2>/dev/null; do
        kill -0 "$manager" || exit 1
    done
}

# It takes its control groups away with it, all but its own.
dismiss() {
    own=$(sed -n 's|.*:\(/.*init.scope\)$|\1|p' "/proc/$manager/cgroup" | sort -u)
    systemctl --user exit
    wait "$manager"
    for it in $own; do rmdir "/sys/fs/cgroup$it" /sys/fs/cgroup/*"$it" 2>/dev/null; done
}

# service NAME LINE...: a unit of these lines.
service() {
    unit=$1
    shift
    { echo "[Service]"; printf '%s\n' "$@"; } >"$UNITS/$unit.service"
}

# What became of it.
became() {
    systemctl --user show "$1" --value -p Result -p ExecMainStatus | paste -sd' '
}
