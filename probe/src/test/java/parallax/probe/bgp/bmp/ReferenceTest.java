package parallax.probe.bgp.bmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.probe.bgp.bmp.BmpMessage.Information;
import parallax.probe.bgp.bmp.BmpMessage.OfPeer;
import parallax.probe.bgp.bmp.PeerHeader.View;
import parallax.probe.bgp.message.Announcement;
import parallax.probe.bgp.message.BgpMessage.Open;
import parallax.probe.bgp.message.BgpMessage.Update;
import parallax.probe.bgp.message.Decoded.Understood;
import parallax.probe.bgp.message.Route;

/** Message for message against what NetGauze makes of the same streams. */
final class ReferenceTest {
  private static final Map<Integer, String> NAMES =
      Map.of(
          0, "RouteMonitoring",
          1, "StatisticsReport",
          2, "PeerDownNotification",
          3, "PeerUpNotification",
          4, "Initiation");

  /** Its names of statistics, by their number. */
  private static final Map<Integer, String> STATISTICS =
      Map.of(
          1, "NumberOfDuplicatePrefixAdvertisements",
          2, "NumberOfDuplicateWithdraws",
          4, "NumberOfUpdatesInvalidatedDueToAsPathLoop",
          7, "NumberOfRoutesInAdjRibIn",
          8, "NumberOfRoutesInLocRib");

  @ParameterizedTest
  @ValueSource(strings = {"200-HUAWEI-locrib_instance-0", "204-CISCO-peer_down-0"})
  void everyMessageSaysTheSame(String capture) throws IOException {
    Path reference = Captures.BESIDE.resolve("bmp/netgauze." + capture + ".reference.ndjson.gz");
    assumeTrue(Files.exists(reference), "no samples beside the tree");
    List<BmpMessage> ours =
        Captures.read(Captures.beside("netgauze." + capture + ".s1.bmp"), 1 << 20).messages();
    List<JsonObject> theirs = read(reference);
    assertThat(ours).hasSameSizeAs(theirs);
    for (int index = 0; index < ours.size(); index++) {
      BmpMessage mine = ours.get(index);
      JsonObject body = theirs.get(index).getJsonObject("V3");
      String name = NAMES.get(Captures.type(mine));
      assertThat(body.fieldNames()).as("message %d", index).containsExactly(name);
      compare(mine, body.getJsonObject(name), "message " + index);
    }
  }

  private static List<JsonObject> read(Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return lines.lines().map(JsonObject::new).toList();
    }
  }

  private static void compare(BmpMessage mine, JsonObject theirs, String what) {
    if (mine instanceof OfPeer ofPeer) {
      comparePeer(ofPeer.peer(), theirs.getJsonObject("peer_header"), what);
    }
    switch (mine) {
      case BmpMessage.RouteMonitoring(_, var update) -> {
        assertThat(update).as(what).isInstanceOf(Understood.class);
        if (update instanceof Understood(Update read, _)) {
          compareRoutes(read, theirs.getJsonObject("update_message").getJsonObject("Update"), what);
        }
      }
      case BmpMessage.StatisticsReport(_, var statistics) -> {
        List<String> expected = new ArrayList<>();
        for (Object one : theirs.getJsonArray("counters")) {
          JsonObject counter = (JsonObject) one;
          String name = counter.fieldNames().iterator().next();
          expected.add(name + "=" + counter.getValue(name));
        }
        assertThat(statistics)
            .as(what)
            .extracting(one -> STATISTICS.get(one.type()) + "=" + one.value())
            .filteredOn(text -> !text.startsWith("null"))
            .isSubsetOf(expected);
        assertThat(statistics).as(what).hasSize(expected.size());
      }
      case BmpMessage.PeerUp up -> {
        assertThat(up.link().local()).as(what).hasToString(address(theirs, "local_address"));
        assertThat(up.link().localPort()).isEqualTo(or0(theirs.getInteger("local_port")));
        assertThat(up.link().remotePort()).isEqualTo(or0(theirs.getInteger("remote_port")));
        compareOpen(up.sent(), theirs.getJsonObject("sent_message"), what);
        compareOpen(up.received(), theirs.getJsonObject("received_message"), what);
      }
      case BmpMessage.Initiation(var information) ->
          assertThat(information)
              .as(what)
              .extracting(Information::text)
              .containsExactlyElementsOf(texts(theirs.getJsonArray("information")));
      case BmpMessage.PeerDown down -> assertThat(down.reason()).as(what).isNotNull();
      case BmpMessage.Termination _,
          BmpMessage.RouteMirroring _,
          BmpMessage.Unknown _,
          BmpMessage.Damaged _ ->
          throw new AssertionError(what);
    }
  }

  private static String address(JsonObject of, String name) {
    String address = of.getString(name);
    return address == null ? "0.0.0.0" : address;
  }

  private static int or0(Integer number) {
    return number == null ? 0 : number;
  }

  private static List<String> texts(JsonArray information) {
    return information.stream()
        .map(JsonObject.class::cast)
        .map(one -> one.getString(one.fieldNames().iterator().next()))
        .toList();
  }

  private static void comparePeer(PeerHeader mine, JsonObject theirs, String what) {
    JsonObject type = theirs.getJsonObject("peer_type");
    JsonObject global = type.getJsonObject("GlobalInstancePeer");
    JsonObject own = type.getJsonObject("LocRibInstancePeer");
    if (global != null) {
      boolean post = global.getBoolean("post_policy");
      boolean out = global.getBoolean("adj_rib_out");
      assertThat(mine.view())
          .as(what)
          .isEqualTo(
              out
                  ? post ? View.OUT_POST_POLICY : View.OUT_PRE_POLICY
                  : post ? View.POST_POLICY : View.PRE_POLICY);
      assertThat(mine.legacyPaths()).isEqualTo(global.getBoolean("asn2"));
    } else {
      assertThat(own).as(what).isNotNull();
      assertThat(mine.view()).isEqualTo(View.LOC_RIB);
      assertThat(mine.filtered()).isEqualTo(own.getBoolean("filtered"));
    }
    assertThat(mine.key().address()).as(what).hasToString(address(theirs, "address"));
    assertThat(mine.asn()).isEqualTo(theirs.getLong("peer_as"));
    String at = theirs.getString("timestamp");
    assertThat(mine.at().orElse(Instant.EPOCH)).as(what).isEqualTo(Instant.parse(at));
  }

  private static void compareOpen(Open mine, JsonObject message, String what) {
    JsonObject theirs = message.getJsonObject("Open");
    assertThat(mine.holdSeconds()).as(what).isEqualTo(theirs.getInteger("hold_time"));
    long asn = theirs.getLong("my_as");
    for (Object param : theirs.getJsonArray("params")) {
      for (Object capability : ((JsonObject) param).getJsonArray("Capabilities")) {
        if (capability instanceof JsonObject known && known.containsKey("FourOctetAs")) {
          asn = known.getJsonObject("FourOctetAs").getLong("asn4");
        }
      }
    }
    assertThat(mine.asn()).as(what).isEqualTo(asn);
  }

  /** Prefixes of both families, with the path that each of them has. */
  private static void compareRoutes(Update mine, JsonObject theirs, String what) {
    Map<String, String> announced = new TreeMap<>();
    for (Announcement one : mine.announced()) {
      for (Route route : one.routes()) {
        announced.put(route.prefix().toString(), one.attributes().path().toString());
      }
    }
    List<String> prefixes = new ArrayList<>();
    List<String> withdrawn = new ArrayList<>();
    String path = "";
    networks(theirs.getJsonArray("nlri"), prefixes);
    networks(theirs.getJsonArray("withdrawn_routes"), withdrawn);
    for (Object attribute : theirs.getJsonArray("path_attributes")) {
      JsonObject value = ((JsonObject) attribute).getJsonObject("value");
      if (value.containsKey("AsPath")) {
        path = path(value.getJsonObject("AsPath"));
      }
      unicast(value.getValue("MpReach"), "nlri", prefixes);
      unicast(value.getValue("MpUnreach"), "nlri", withdrawn);
    }
    Map<String, String> expected = new TreeMap<>();
    for (String prefix : prefixes) {
      expected.put(prefix, path);
    }
    assertThat(announced).as(what).isEqualTo(expected);
    assertThat(mine.withdrawn())
        .as(what)
        .extracting(route -> route.prefix().toString())
        .containsExactlyInAnyOrderElementsOf(withdrawn);
  }

  private static void unicast(Object attribute, String key, List<String> into) {
    if (attribute instanceof JsonObject reach) {
      for (String family : List.of("Ipv4Unicast", "Ipv6Unicast")) {
        JsonObject routes = reach.getJsonObject(family);
        if (routes != null) {
          networks(routes.getJsonArray(key), into);
        }
      }
    }
  }

  private static void networks(JsonArray routes, List<String> into) {
    routes.forEach(route -> into.add(((JsonObject) route).getString("network")));
  }

  private static String path(JsonObject theirs) {
    List<String> numbers = new ArrayList<>();
    for (String width : theirs.fieldNames()) {
      for (Object segment : theirs.getJsonArray(width)) {
        ((JsonObject) segment)
            .getJsonArray("as_numbers")
            .forEach(number -> numbers.add(String.valueOf(number)));
      }
    }
    return String.join(" ", numbers);
  }
}
