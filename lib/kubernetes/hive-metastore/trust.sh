#!/bin/sh
# Makes a trust store of the certificates in a PEM bundle: trust.sh BUNDLE STORE
# BUNDLE is a file, or an https address whose own certificate the system's authorities vouch for.
set -eu
bundle=$1
store=$2
work=$(mktemp -d)
case $bundle in
https://*) curl --fail --silent --show-error --location --retry 5 --output "$work/bundle.pem" "$bundle" ;;
*) cp "$bundle" "$work/bundle.pem" ;;
esac
cd "$work"
csplit --quiet --elide-empty-files --prefix certificate- bundle.pem '/-----BEGIN CERTIFICATE-----/' '{*}'
for certificate in certificate-*; do
  grep -q 'BEGIN CERTIFICATE' "$certificate" || continue
  keytool -importcert -noprompt -storetype PKCS12 -storepass changeit \
    -keystore "$store.part" -alias "$certificate" -file "$certificate"
done
mv "$store.part" "$store"
