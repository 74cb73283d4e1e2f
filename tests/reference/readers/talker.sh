# The child whose words every reader of the page reads.

case $1 in
"half a line") printf '1\n2' ;;
"not UTF-8") printf '1\n\377\n2\n' ;;
"odd ends") printf 'a\r\n\0\n' ;;
"fails") echo one; exit 3 ;;
"long line") head -c 1048576 /dev/zero | tr '\0' x; echo ;;
*) exec python3 -I -S "${0%/*}/in_pieces.py" "$1" ;;
esac
