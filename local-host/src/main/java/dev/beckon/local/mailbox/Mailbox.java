package dev.beckon.local.mailbox;

import dev.beckon.local.servers.MessageBirdServer;
import dev.beckon.local.servers.MessageBirdServer.Text;
import dev.beckon.local.servers.SparkPostServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the far ends received last, of every kind the newest first. Thread-safe. */
public final class Mailbox {
  private final Path folder;
  private final SparkPostServer bulk;
  private final MessageBirdServer texts;

  /**
   * @param folder where the SMTP server keeps its mails
   */
  public Mailbox(Path folder, SparkPostServer bulk, MessageBirdServer texts) {
    this.folder = folder;
    this.bulk = bulk;
    this.texts = texts;
  }

  List<Letter> mails(int most) throws IOException {
    return Letter.newest(folder, most);
  }

  List<Letter> bulkMails(int most) {
    return newest(Letter.expanded(bulk.mails()), most);
  }

  List<Text> texts(int most) {
    return newest(texts.kept(), most);
  }

  private static <T> List<T> newest(List<T> oldestFirst, int most) {
    List<T> all = new ArrayList<>(oldestFirst);
    Collections.reverse(all);
    return all.subList(0, Math.min(most, all.size()));
  }
}
