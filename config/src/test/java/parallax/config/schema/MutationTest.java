package parallax.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parallax.config.Fixtures;
import parallax.config.problem.Problem;
import parallax.config.problem.Problems;
import parallax.config.read.ConfigurationReader;
import parallax.config.secret.Secret;
import parallax.config.secret.SecretSource;
import parallax.config.yaml.Yaml;
import parallax.config.yaml.YamlParser;

/**
 * Whatever happens to a file, reading it ends, with a configuration or with problems in the file.
 */
class MutationTest {
  private static final int ROUNDS = 1_000;
  private static final int MAX_MUTATIONS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> PIECES =
      List.of(
          ": ",
          "- ",
          "[",
          "]",
          "{",
          "}",
          "\"",
          "'",
          "\n",
          "\t",
          "\r\n",
          "#",
          "&a ",
          "*a",
          "!!str ",
          "|\n",
          ">",
          "? ",
          "---\n",
          "...",
          "%",
          "@",
          "`",
          "null",
          "~",
          "true",
          "-1",
          "1e999",
          "0x7f",
          ".nan",
          "${env:HOME}",
          "${",
          "$${",
          "\\u0000",
          "\u0000",
          "\ufeff",
          "é",
          "😀",
          "1.1",
          "99999999999999999999",
          "",
          "a".repeat(300),
          "[".repeat(40),
          "targets:",
          "http: ",
          "expect: ",
          "name: x",
          "url: ",
          "https://",
          "interval: 1s",
          "<<: ",
          "{}",
          "[]",
          "\u2028");
  private static final SecretSource KNOWN =
      new SecretSource() {
        @Override
        public Answer variable(String name) {
          return new Answer.Known(Secret.of("https://known.example.com/"));
        }

        @Override
        public Answer file(Path path) {
          return new Answer.Known(Secret.of("known"));
        }
      };

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaText.of(ConfigurationReader.SHAPE), InputFormat.JSON);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void everyMutationIsReadOrRefusedAtAPlaceInTheFile(long seed) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<byte[]> seeds = new ArrayList<>();
    for (Path file : Fixtures.good()) {
      seeds.add(Files.readAllBytes(file));
    }
    Assertions.assertTimeout(
        LIMIT,
        () -> {
          for (int round = 0; round < ROUNDS; round++) {
            byte[] file = seeds.get(random.nextInt(seeds.size()));
            int mutations = 1 + random.nextInt(MAX_MUTATIONS);
            for (int count = 0; count < mutations; count++) {
              file = mutated(file, random);
            }
            read(file, "seed " + seed + " round " + round);
          }
        });
  }

  private void read(byte[] bytes, String which) {
    Path file = Path.of("mutated.yaml");
    Problems problems = new Problems();
    Optional<Yaml> document = YamlParser.parse(file, ByteBuffer.wrap(bytes), problems);
    ConfigurationReader.read(document.stream().toList(), document.isPresent(), KNOWN, problems);
    // Bad bytes become other characters here, but never more lines.
    String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1);
    for (Problem problem : problems.errors()) {
      assertThat(problem.line()).as("%s: %s", which, problem).isBetween(1, lines.length);
      String line = lines[problem.line() - 1];
      assertThat(problem.column())
          .as("%s: %s in %s", which, problem, line)
          .isBetween(1, line.codePointCount(0, line.length()) + 1);
      assertThat(problem.message()).doesNotContain("\n");
    }
    if (!problems.hasErrors()) {
      assertThat(schema.validate(JsonText.of(document.orElseThrow()), InputFormat.JSON))
          .as("%s: the parser accepts what the schema refuses: %s", which, document)
          .isEmpty();
    }
  }

  private static byte[] mutated(byte[] file, RandomGenerator random) {
    int at = random.nextInt(file.length + 1);
    int length = Math.min(file.length - at, random.nextInt(12));
    return switch (random.nextInt(5)) {
      case 0 -> spliced(file, at, length, new byte[0]);
      case 1 -> spliced(file, at, 0, piece(random));
      case 2 -> spliced(file, at, length, piece(random));
      case 3 -> {
        int from = random.nextInt(file.length + 1);
        int count = Math.min(file.length - from, random.nextInt(80));
        byte[] copy = new byte[count];
        System.arraycopy(file, from, copy, 0, count);
        yield spliced(file, at, 0, copy);
      }
      default -> spliced(file, at, Math.min(1, length), new byte[] {(byte) random.nextInt(256)});
    };
  }

  private static byte[] piece(RandomGenerator random) {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] spliced(byte[] file, int at, int removed, byte[] inserted) {
    ByteBuffer out = ByteBuffer.allocate(file.length - removed + inserted.length);
    out.put(file, 0, at).put(inserted).put(file, at + removed, file.length - at - removed);
    return out.array();
  }
}
