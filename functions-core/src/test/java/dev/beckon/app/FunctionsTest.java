package dev.beckon.app;

import dev.beckon.bed.Plant;
import dev.beckon.web.RawBody;
import dev.beckon.web.RawRequest;
import dev.beckon.web.WebReply;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The core called without a cloud between. */
class FunctionsTest extends FunctionsContract {
  private static final String CREATED = "{created}";
  private static final String FOREIGN = "{foreign}";

  @Override
  protected Functions functions(Plant plant) {
    return new InProcess(plant);
  }

  @Override
  protected boolean namesInvocations() {
    return false;
  }

  private record InProcess(Plant plant) implements Functions {
    @Override
    public String created(String key) {
      return CREATED + key;
    }

    @Override
    public String foreign() {
      return FOREIGN;
    }

    private <T> T run(String name, Invocation.Work<T> work) {
      return new Invocation(name, "", Map.of()).run(() -> plant.application, work);
    }

    @Override
    public Set<Integer> deliver(EntryPoint queue, List<String> messages) {
      Set<Integer> again = new LinkedHashSet<>();
      for (int i = 0; i < messages.size(); i++) {
        String message = messages.get(i);
        try {
          if (!run(name(queue), () -> work(queue, message)).isEmpty()) {
            again.add(i);
          }
        } catch (InvocationFailure | UnknownEventException e) {
          again.add(i);
        }
      }
      return again;
    }

    private Set<String> work(EntryPoint queue, String message) {
      if (message.equals(FOREIGN)) {
        throw new UnknownEventException("files of ours", "another");
      }
      if (message.startsWith(CREATED)) {
        return plant.application.fileDrop(
            List.of(message.substring(CREATED.length())), List.of(), plant.deadline());
      }
      return plant.deliver(queue, List.of(message));
    }

    private static String name(EntryPoint queue) {
      return switch (queue) {
        case FILE_DROP -> "file-drop";
        case CHUNK -> "chunk";
        default -> "dispatch";
      };
    }

    @Override
    public boolean deadLetter(EntryPoint queue, String message) {
      try {
        return run(
            "dead-letter",
            () -> {
              if (message.startsWith(CREATED)) {
                plant.application.deadFiles(List.of(message.substring(CREATED.length())));
                return false;
              }
              return !plant.deliver(EntryPoint.DEAD_LETTER, List.of(message)).isEmpty();
            });
      } catch (InvocationFailure e) {
        return true;
      }
    }

    @Override
    public void sweep() {
      run(
          "sweep",
          () -> {
            plant.application.sweep(plant.deadline());
            return true;
          });
    }

    @Override
    public WebReply http(String method, String path, Map<String, String> headers, String body) {
      RawRequest request =
          new RawRequest(
              method,
              path,
              "",
              List.copyOf(headers.entrySet()),
              RawBody.text(body),
              "192.0.2.1",
              "1");
      return run("http", () -> plant.application.webDoor().answer(request));
    }
  }
}
