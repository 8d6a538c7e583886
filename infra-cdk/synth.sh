#!/bin/sh
# What cdk.json runs: makes the templates from the classes that ./mvnw package built.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../.mvn/find-jdk.sh"
if [ ! -f "$here/target/classpath" ] || [ ! -d "$here/target/classes" ]; then
  echo "Beckon is not built yet: run ./mvnw package in $(dirname "$here")" >&2
  exit 1
fi
cd "$here"
exec "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -cp "target/classes:$(cat target/classpath)" dev.beckon.infra.BeckonApp
