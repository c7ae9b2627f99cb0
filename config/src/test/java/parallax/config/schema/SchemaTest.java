package parallax.config.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parallax.config.Fixtures;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Shape;
import parallax.config.problem.Problems;
import parallax.config.read.ConfigurationReader;
import parallax.config.yaml.Yaml;
import parallax.config.yaml.YamlParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The editor's schema and the parser are one language. After a change of the language write the
 * schema anew: {@code mvn -pl config test -Dtest=SchemaTest -Dparallax.schema.write=true}.
 */
class SchemaTest {
  private static final Path FILE = Path.of("parallax.schema.json");

  /** Structurally fine; what is wrong with them only the parser knows. */
  private static final Path ACCEPTED =
      Path.of("src/test/resources/parallax/config/schema-accepts.txt");

  private final Schema schema =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaText.of(ConfigurationReader.SHAPE), InputFormat.JSON);

  static List<Path> good() {
    return Fixtures.good();
  }

  @Test
  void fileIsMadeOfTheParsersTables() throws IOException {
    String text = SchemaText.of(ConfigurationReader.SHAPE);
    if (Boolean.getBoolean("parallax.schema.write")) {
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE)).isEqualTo(text);
  }

  @Test
  void keysOfFileAndParserAreTheSame() throws IOException {
    SortedMap<String, SortedSet<String>> ofParser = new TreeMap<>();
    collect(ConfigurationReader.SHAPE, ofParser);
    JsonNode file = JsonMapper.builder().build().readTree(Files.readString(FILE));
    SortedMap<String, SortedSet<String>> ofFile = new TreeMap<>();
    ofFile.put(ConfigurationReader.SHAPE.name(), keys(file));
    for (Map.Entry<String, JsonNode> definition : file.get("$defs").properties()) {
      ofFile.put(definition.getKey(), keys(definition.getValue()));
    }
    assertThat(ofFile).isEqualTo(ofParser);
  }

  @ParameterizedTest
  @MethodSource("good")
  void acceptsWhatTheParserAccepts(Path file) throws IOException {
    assertThat(errors(document(file).orElseThrow())).isEmpty();
  }

  @Test
  void refusesWhatIsStructurallyWrong() throws IOException {
    List<String> accepted = new ArrayList<>();
    for (Path file : Fixtures.broken()) {
      Optional<Yaml> document = document(file);
      if (document.isPresent() && errors(document.get()).isEmpty()) {
        accepted.add(file.getFileName().toString());
      }
    }
    assertThat(accepted).isEqualTo(Files.readAllLines(ACCEPTED));
  }

  private List<Error> errors(Yaml document) {
    return schema.validate(JsonText.of(document), InputFormat.JSON);
  }

  /** The document when it is one of YAML and of nothing that JSON has not. */
  private static Optional<Yaml> document(Path file) throws IOException {
    Problems problems = new Problems();
    Optional<Yaml> document =
        YamlParser.parse(file, ByteBuffer.wrap(Files.readAllBytes(file)), problems);
    return problems.hasErrors() ? Optional.empty() : document;
  }

  private static SortedSet<String> keys(JsonNode object) {
    SortedSet<String> keys = new TreeSet<>();
    for (Map.Entry<String, JsonNode> property : object.get("properties").properties()) {
      keys.add(property.getKey());
    }
    return keys;
  }

  private static void collect(Shape shape, SortedMap<String, SortedSet<String>> into) {
    SortedSet<String> before = into.put(shape.name(), new TreeSet<>(shape.keys()));
    assertThat(before == null || before.equals(into.get(shape.name())))
        .as("two shapes are named %s", shape.name())
        .isTrue();
    if (before == null) {
      for (Field<?> field : shape.fields()) {
        collect(field.kind().form(), into);
      }
    }
  }

  private static void collect(Form form, SortedMap<String, SortedSet<String>> into) {
    switch (form) {
      case Form.Fields(Shape shape) -> collect(shape, into);
      case Form.ListOf list -> collect(list.item(), into);
      case Form.OneOrMany list -> collect(list.item(), into);
      case Form.Table table -> collect(table.value(), into);
      case Form.Either(List<Form> forms) -> forms.forEach(each -> collect(each, into));
      case Form.Text _, Form.Written _, Form.AnyScalar _, Form.WholeNumber _, Form.Choice _ -> {}
    }
  }
}
