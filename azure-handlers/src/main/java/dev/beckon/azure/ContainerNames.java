package dev.beckon.azure;

/** What the blob containers are called in every installation's own storage account. */
public final class ContainerNames {
  /** Where files are dropped, and where what is made of them lies. */
  public static final String FILES = "beckon-files";

  private ContainerNames() {}
}
