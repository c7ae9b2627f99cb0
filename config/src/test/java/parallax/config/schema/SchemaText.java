package parallax.config.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Shape;

/** Makes the editor's JSON Schema (2020-12) of the parser's own tables. */
final class SchemaText {
  private final Map<String, Object> definitions = new TreeMap<>();

  private SchemaText() {}

  static String of(Shape root) {
    SchemaText text = new SchemaText();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Parallax configuration");
    schema.putAll(text.shape(root));
    schema.put("$defs", text.definitions);
    return JsonText.pretty(schema, "") + "\n";
  }

  private Map<String, Object> shape(Shape shape) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (Field<?> field : shape.fields()) {
      Map<String, Object> property = new LinkedHashMap<>();
      property.put("description", field.description());
      property.putAll(form(field.kind().form()));
      properties.put(field.key(), property);
      if (field.required()) {
        required.add(field.key());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", shape.description());
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    if (!shape.exactlyOne().isEmpty()) {
      schema.put(
          "oneOf",
          shape.exactlyOne().stream().map(key -> Map.of("required", List.of(key))).toList());
    }
    schema.put("properties", properties);
    return schema;
  }

  private Map<String, Object> form(Form form) {
    Map<String, Object> schema = new LinkedHashMap<>();
    switch (form) {
      case Form.Text text -> {
        schema.put("type", "string");
        schema.put("minLength", text.minLength());
        schema.put("maxLength", text.maxLength());
        text.pattern().ifPresent(pattern -> schema.put("pattern", pattern));
      }
      case Form.Written(int maxLength) -> {
        schema.put("type", List.of("string", "number", "boolean"));
        schema.put("maxLength", maxLength);
      }
      case Form.AnyScalar _ -> schema.put("type", List.of("string", "number", "boolean", "null"));
      case Form.WholeNumber(long min, long max) -> {
        schema.put("type", "integer");
        schema.put("minimum", min);
        schema.put("maximum", max);
      }
      case Form.Choice(List<String> words) -> {
        List<Object> values = new ArrayList<>(words);
        words.stream()
            .filter(word -> word.matches("[0-9.]+"))
            .map(BigDecimal::new)
            .forEach(values::add);
        words.stream()
            .filter(word -> word.matches("true|false"))
            .map(Boolean::valueOf)
            .forEach(values::add);
        schema.put("enum", values);
      }
      case Form.ListOf(Form item, int min, int max) -> schema.putAll(list(item, min, max));
      case Form.OneOrMany(Form item, int max) ->
          schema.put("anyOf", List.of(form(item), list(item, 1, max)));
      case Form.Table(String keyPattern, Form value, int max) -> {
        schema.put("type", "object");
        schema.put("maxProperties", max);
        schema.put("propertyNames", Map.of("pattern", keyPattern));
        schema.put("additionalProperties", form(value));
      }
      case Form.Fields(Shape shape) -> schema.put("$ref", reference(shape));
      case Form.Either(List<Form> forms) ->
          schema.put("anyOf", forms.stream().map(this::form).toList());
    }
    return schema;
  }

  private String reference(Shape shape) {
    if (!definitions.containsKey(shape.name())) {
      definitions.put(shape.name(), Map.of());
      definitions.put(shape.name(), shape(shape));
    }
    return "#/$defs/" + shape.name();
  }

  private Map<String, Object> list(Form item, int min, int max) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    if (min > 0) {
      schema.put("minItems", min);
    }
    schema.put("maxItems", max);
    schema.put("items", form(item));
    return schema;
  }
}
