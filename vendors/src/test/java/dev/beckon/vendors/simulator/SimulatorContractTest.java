package dev.beckon.vendors.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.beckon.invitation.Channel;
import dev.beckon.vendor.HttpPeer;
import dev.beckon.vendor.VendorContract;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

class SimulatorContractTest extends VendorContract {

  @Override
  protected VendorFactory factory() {
    return new SimulatorFactory();
  }

  @Override
  protected Channel channel() {
    return Channel.SMS;
  }

  @Override
  protected VendorPeer startPeer() {
    return new HttpPeer(new Ledger());
  }

  @Override
  protected Map<String, String> settings(VendorPeer peer, Duration timeout) {
    return Map.of(
        "batch",
        "20",
        "timeout",
        timeout.toString(),
        "sink",
        "http://localhost:" + peer.port() + "/ledger");
  }

  /** The ledger counts; refusals are the simulator's own. */
  @Override
  protected boolean refusesOneRecipient() {
    return false;
  }

  @Override
  protected boolean hasCredentials() {
    return false;
  }

  /** Reads what the simulator posts. */
  private static final class Ledger implements HttpPeer.Script {
    @Override
    public List<VendorPeer.Received> read(HttpPeer.Request request, int number) {
      try {
        List<VendorPeer.Received> messages = new ArrayList<>();
        for (JsonNode node : new ObjectMapper().readTree(request.body()).get("messages")) {
          messages.add(
              new VendorPeer.Received(
                  node.get("reference").asText(),
                  node.get("to").asText(),
                  node.get("text").asText(),
                  number));
        }
        return messages;
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public HttpPeer.Answer answer(List<VendorPeer.Received> messages, Set<String> refused) {
      return new HttpPeer.Answer(200, "{\"accepted\":" + messages.size() + "}");
    }
  }
}
