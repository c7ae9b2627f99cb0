package parallax.deploy.carry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What modules of the blackbox exporter say over gRPC and WebSockets, as ours. */
class TalksCarriedTest {
  @TempDir private Path folder;

  private String imported(String module) throws IOException {
    Path file = Files.writeString(folder.resolve("b.yml"), "modules:\n  a:\n" + module);
    StringWriter out = new StringWriter();
    int status =
        new CommandLine(new ImportCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(new StringWriter()))
            .execute("blackbox", file.toString());
    assertThat(status).isZero();
    return out.toString();
  }

  @Test
  void theServiceOfGrpcIsAskedFor() throws IOException {
    assertThat(imported("    prober: grpc\n    grpc: {service: shop.Cart, tls: true}\n"))
        .contains("url: grpcs://example.com:443\n    service:\n      name: shop.Cart\n")
        .doesNotContain("Not carried over");
  }

  @Test
  void aQuestionAndItsAnswerAreKept() throws IOException {
    assertThat(
            imported(
                """
                    prober: websocket
                    websocket:
                      headers: {X-Some: thing}
                      query_response: [{send: ping}, {expect: ^pong}]
                """))
        .contains("expect: \"^pong\"", "send: ping", "headers:\n        X-Some: thing\n")
        .doesNotContain("Not carried over");
  }

  @Test
  void aGreetingIsKeptAndTheRestIsListed() throws IOException {
    assertThat(
            imported(
                """
                    prober: websocket
                    websocket: {query_response: [{expect: ^Hello, send: hi}, {expect: ^bye}]}
                """))
        .contains("expect: \"^Hello\"", "Not carried over: 'query_response'")
        .doesNotContain("send:");
  }
}
