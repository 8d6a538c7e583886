# Sourced by ./mvnw and ./beckon: points JAVA_HOME at a JDK of 21 or newer, wherever it is installed.
# Order: JAVA_HOME, BECKON_JDK, java on PATH, the usual install folders, Maven's toolchains.xml.

beckon_jdk_major() { # prints the feature number of the JDK in folder $1, or nothing
  [ -x "$1/bin/javac" ] || return 0
  beckon_version=
  if [ -r "$1/release" ]; then
    beckon_version=$(sed -n 's/^JAVA_VERSION="\{0,1\}\([0-9][0-9]*\).*/\1/p' "$1/release" | head -n 1)
  fi
  [ -n "$beckon_version" ] || beckon_version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9][0-9]*\).*/\1/p')
  printf '%s' "$beckon_version"
}

beckon_try_jdk() { # succeeds and exports JAVA_HOME when folder $1 holds a JDK of 21 or newer
  [ -n "$1" ] || return 1
  beckon_major=$(beckon_jdk_major "$1")
  [ -n "$beckon_major" ] && [ "$beckon_major" -ge 21 ] 2>/dev/null || return 1
  JAVA_HOME=$1
  export JAVA_HOME
}

beckon_jdk_of_path() { # follows the links of the java on PATH to its JDK
  beckon_java=$(command -v javac 2>/dev/null) || return 0
  while [ -L "$beckon_java" ]; do
    beckon_link=$(readlink "$beckon_java")
    case $beckon_link in
      /*) beckon_java=$beckon_link ;;
      *) beckon_java=$(dirname "$beckon_java")/$beckon_link ;;
    esac
  done
  (cd "$(dirname "$beckon_java")/.." 2>/dev/null && pwd -P)
}

beckon_jdk_candidates() {
  printf '%s\n' "${JAVA_HOME-}" "${BECKON_JDK-}" "$(beckon_jdk_of_path)"
  for beckon_glob in \
    /usr/lib/jvm /usr/lib64/jvm /usr/java /usr/local/java /opt/java /opt/jdk /opt /opt/homebrew/opt /usr/local/opt \
    /Library/Java/JavaVirtualMachines "$HOME/Library/Java/JavaVirtualMachines" \
    "$HOME/.sdkman/candidates/java" "$HOME/.jdks" "$HOME/.jenv/versions" "$HOME/.asdf/installs/java" \
    "$HOME/.local/share/mise/installs/java" "$HOME/.gradle/jdks"; do
    [ -d "$beckon_glob" ] || continue
    for beckon_dir in $(ls -1 "$beckon_glob" 2>/dev/null | sort -r); do
      printf '%s\n' "$beckon_glob/$beckon_dir" "$beckon_glob/$beckon_dir/Contents/Home" \
        "$beckon_glob/$beckon_dir/libexec/openjdk.jdk/Contents/Home"
    done
  done
  if [ -r "$HOME/.m2/toolchains.xml" ]; then
    sed -n 's:.*<jdkHome>\(.*\)</jdkHome>.*:\1:p' "$HOME/.m2/toolchains.xml"
  fi
}

beckon_find_jdk() {
  beckon_old_ifs=$IFS
  IFS='
'
  # word splitting at line ends only; mvnw has switched file name expansion off, so list folders with ls
  for beckon_candidate in $(beckon_jdk_candidates); do
    if beckon_try_jdk "$beckon_candidate"; then
      IFS=$beckon_old_ifs
      return 0
    fi
  done
  IFS=$beckon_old_ifs
  cat >&2 <<'MESSAGE'
Beckon needs a JDK of 21 or newer, and none was found.
Looked in: JAVA_HOME, BECKON_JDK, the javac on PATH, the usual install folders, ~/.m2/toolchains.xml.
Install one (for example Eclipse Temurin 21 or 25: https://adoptium.net), or set JAVA_HOME to the one you have.
MESSAGE
  return 1
}

beckon_find_jdk || exit 1

# Maven's own libraries use Unsafe; newer JDKs would warn of it on every start.
if [ "$beckon_major" -ge 24 ]; then
  MAVEN_OPTS="${MAVEN_OPTS-} --sun-misc-unsafe-memory-access=allow"
  export MAVEN_OPTS
fi
