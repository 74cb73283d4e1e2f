# Starts a cron of our own, with no table but the one that is written on its
# stdin: `sh` by `unshare --mount --pid --fork --mount-proc`. A line `@reboot` is
# run at once.
mount -t tmpfs none /run && mount -t tmpfs none /var/spool && mkdir -p /var/spool/cron/crontabs
# A copy of the whole folder: a bind mount on one file of it ends when somebody
# outside replaces that file.
cp -a /etc /run/etc && mount --bind /run/etc /etc && rm -rf /etc/cron.d /etc/crontab
sed -i "s|^root:\(.*\):[^:]*:[^:]*$|root:\1:$PWD:/bin/bash|" /etc/passwd

table() {
    cat >/var/spool/cron/crontabs/root
    chmod 600 /var/spool/cron/crontabs/root
    env --default-signal=INT,QUIT "$CRON" -f &
}
