# Starts a cron of our own, with no table but the one that is written on its
# stdin: `sh` by `unshare --mount --pid --fork --mount-proc`. A line `@reboot` is
# run at once.
mount -t tmpfs none /run && mount -t tmpfs none /var/spool && mkdir -p /var/spool/cron/crontabs
mount -t tmpfs none /etc/cron.d 2>/dev/null
{ cat /etc/passwd | sed "s|^root:\(.*\):[^:]*:[^:]*$|root:\1:$PWD:/bin/bash|"; } >passwd
mount --bind passwd /etc/passwd

table() {
    cat >/var/spool/cron/crontabs/root
    chmod 600 /var/spool/cron/crontabs/root
    env --default-signal=INT,QUIT "$CRON" -f &
}
