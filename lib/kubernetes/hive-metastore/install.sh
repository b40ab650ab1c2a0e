#!/bin/sh
# Brings a Hive Metastore's parts from a Maven repository: install.sh LIST TARGET
# LIST has a line "<sha256>  <path in the repository>" for each part; an archive is unpacked into TARGET, a jar goes into
# TARGET/extra. Nothing that is not exactly what the list says is kept.
set -eu
list=$1
target=$2
repository=${MAVEN_REPOSITORY:-https://repo1.maven.org/maven2}
mkdir -p "$target/extra"
cd "$target/extra"
while read -r sum path; do
  file=${path##*/}
  curl --fail --silent --show-error --location --retry 5 --output "$file" "$repository/$path"
  echo "$sum  $file" | sha256sum --check --quiet -
  case $file in
  *.tar.gz)
    tar --extract --gzip --file "$file" --directory "$target" --strip-components 1
    rm "$file"
    ;;
  esac
done <"$list"
