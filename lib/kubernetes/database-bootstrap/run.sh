#!/bin/sh
# Runs SQL as the administrator: run.sh SQL BUNDLE
# Passwords come as variables PASSWORD_0, PASSWORD_1, … and reach the server in hexadecimal, so that no character of them
# means anything to the shell or to SQL; they stand on no command line. BUNDLE holds the authorities that are believed.
set -eu
sql=$1
bundle=$2
hexadecimal() {
  printf %s "$1" | od -An -v -tx1 | tr -d ' \n'
}
client() {
  mysql --host="$MYSQL_HOST" --port="$MYSQL_PORT" --user="$MYSQL_USER" \
    --ssl-mode=VERIFY_IDENTITY --ssl-ca="$bundle" --connect-timeout=30 "$@"
}
statements() {
  case $partial_revokes in
    *ON) echo 'SET @partial_revokes = TRUE;' ;;
  esac
  index=0
  while eval "[ -n \"\${PASSWORD_$index+set}\" ]"; do
    eval "password=\$PASSWORD_$index"
    echo "SET @PASSWORD_$index = CONVERT(X'$(hexadecimal "$password")' USING utf8mb4);"
    index=$((index + 1))
  done
  cat "$sql"
}
# The client reads the administrator's password from the variable MYSQL_PWD. MariaDB has no such variable.
partial_revokes=$(client --skip-column-names --execute="SHOW GLOBAL VARIABLES LIKE 'partial_revokes'")
statements | client
