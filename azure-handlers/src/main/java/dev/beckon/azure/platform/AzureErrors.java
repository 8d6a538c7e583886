package dev.beckon.azure.platform;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.queue.models.QueueStorageException;

/** Tells answers of Azure's services apart; never repeats their words, which quote addresses. */
final class AzureErrors {
  private AzureErrors() {}

  /** The HTTP status of an answer; 0 where there was none. */
  static int status(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof HttpResponseException answer && answer.getResponse() != null) {
        return answer.getResponse().getStatusCode();
      }
    }
    return 0;
  }

  /** The service's own code or the status, or what kind of failure kept us from an answer. */
  static String kind(Throwable failure) {
    if (failure instanceof BlobStorageException blob && blob.getErrorCode() != null) {
      return blob.getErrorCode().toString();
    }
    if (failure instanceof QueueStorageException queue && queue.getErrorCode() != null) {
      return queue.getErrorCode().toString();
    }
    int status = status(failure);
    return status == 0 ? root(failure).getClass().getSimpleName() : "HTTP " + status;
  }

  /** The SDK wraps what the network said in several layers. */
  private static Throwable root(Throwable failure) {
    Throwable at = failure;
    for (Throwable next = at.getCause(); next != null; next = next.getCause()) {
      at = next;
    }
    return at;
  }
}
