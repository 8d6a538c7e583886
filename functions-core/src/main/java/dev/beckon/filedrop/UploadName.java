package dev.beckon.filedrop;

import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an uploaded file is called in the bucket: the upload's id, then what its owner calls it.
 *
 * @param upload id of the upload
 * @param file cleaned
 */
record UploadName(String upload, String file) {
  private static final int LONGEST = 100;
  private static final Pattern FORM = Pattern.compile("(up[0-9a-f]{24})-(.+)", Pattern.DOTALL);

  /** Letters and digits of any script stay: a file is found again by what its owner calls it. */
  private static final Pattern UNWANTED = Pattern.compile("[^\\p{L}\\p{M}\\p{N}._-]+");

  /** Reads the name of a file in the bucket; empty for one that came another way. */
  static Optional<UploadName> of(String fileName) {
    Matcher form = FORM.matcher(fileName);
    return form.matches()
        ? Optional.of(new UploadName(form.group(1), form.group(2)))
        : Optional.empty();
  }

  /**
   * Makes a name safe in keys, headers and on every file system: no folders, no controls, nothing
   * that a form or a shell gives a meaning to.
   */
  static String cleaned(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String safe = UNWANTED.matcher(Normalizer.normalize(last, Normalizer.Form.NFC)).replaceAll("_");
    int length = safe.codePointCount(0, safe.length());
    // the end is kept, for it says what kind of file it is
    return length <= LONGEST ? safe : safe.substring(safe.offsetByCodePoints(0, length - LONGEST));
  }

  @Override
  public String toString() {
    return upload + "-" + file;
  }
}
