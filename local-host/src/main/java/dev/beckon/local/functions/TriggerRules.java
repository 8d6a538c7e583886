package dev.beckon.local.functions;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the host wants of bindings, and of the parameters that stand for them. */
final class TriggerRules {
  static final String QUEUE = "queueTrigger";
  static final String TIMER = "timerTrigger";
  static final String HTTP = "httpTrigger";

  private static final Map<String, Set<String>> METADATA =
      Map.of(
          QUEUE,
          Set.of(
              "QueueTrigger",
              "Id",
              "DequeueCount",
              "PopReceipt",
              "InsertionTime",
              "ExpirationTime",
              "NextVisibleTime"),
          TIMER,
          Set.of("TimerTrigger"));

  private static final Pattern QUEUE_NAME = Pattern.compile("(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*");

  private final AppSettings settings;
  private final Faults faults;

  TriggerRules(AppSettings settings, Faults faults) {
    this.settings = settings;
    this.faults = faults;
  }

  /** The one trigger of a function; null when it has none that works. */
  @Nullable Binding trigger(FunctionJson json) {
    List<Binding> triggers = json.triggers();
    if (triggers.size() != 1) {
      faults.add(json.name(), "has %d triggers instead of one".formatted(triggers.size()));
      return null;
    }
    Binding trigger = triggers.getFirst();
    switch (trigger.type()) {
      case QUEUE -> queue(json, trigger);
      case TIMER ->
          faults.tried(
              json.name() + " schedule",
              () -> Ncrontab.parse(settings.resolved(trigger.text("schedule"))));
      case HTTP -> faults.tried(json.name() + " route", () -> Route.of(json.name(), "", trigger));
      default -> faults.add(json.name(), "this host does not know the trigger " + trigger.type());
    }
    return trigger;
  }

  private void queue(FunctionJson json, Binding binding) {
    faults.tried(
        json.name() + " queueName",
        () -> {
          String queue = settings.resolved(binding.text("queueName"));
          if (!QUEUE_NAME.matcher(queue).matches()) {
            throw new IllegalArgumentException("\"" + queue + "\" is no name of a queue");
          }
          return queue;
        });
    faults.tried(
        json.name() + " connection", () -> settings.connection(binding.text("connection")));
  }

  /** Every parameter has its binding, and every binding its parameter. */
  void check(FunctionJson json, Binding trigger, List<Slot> slots) {
    Set<String> unfilled = new TreeSet<>();
    json.bindings().stream()
        .map(Binding::name)
        .filter(name -> !name.equals("$return"))
        .forEach(unfilled::add);
    for (Slot slot : slots) {
      switch (slot) {
        case Slot.Context context -> {}
        case Slot.In in -> {
          if (!in.binding().equals(trigger.name())) {
            faults.add(json.name(), "function.json has no input " + in.binding());
          }
          unfilled.remove(in.binding());
        }
        case Slot.Out out -> {
          output(json, out.binding());
          unfilled.remove(out.binding());
        }
        case Slot.Metadata metadata -> {
          if (!trigger.type().equals(HTTP)
              && !METADATA.getOrDefault(trigger.type(), Set.of()).contains(metadata.property())) {
            faults.add(
                json.name(),
                "a %s has no property %s".formatted(trigger.type(), metadata.property()));
          }
        }
      }
    }
    unfilled.forEach(name -> faults.add(json.name(), "no parameter is bound to " + name));
  }

  private void output(FunctionJson json, String name) {
    json.bindings().stream()
        .filter(binding -> binding.isOut() && binding.name().equals(name))
        .findFirst()
        .ifPresentOrElse(
            binding -> {
              if (!binding.type().equals("queue")) {
                faults.add(json.name(), "this host does not know the output " + binding.type());
              } else {
                queue(json, binding);
              }
            },
            () -> faults.add(json.name(), "function.json has no output " + name));
  }
}
