package parallax.coordinator.store.table;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table as it is copied: numbers and texts, row by row.
 *
 * @param key the columns that order the rows, which are its first ones
 * @param counted the column that the database counts by itself, if it does
 * @param added what was not there from the first, by the column
 */
record Layout(
    String name, String key, Optional<String> counted, List<String> columns, List<Added> added) {
  /** The oldest version of the tables that was ever copied. */
  static final int OLDEST = 2;

  /**
   * A column that came later.
   *
   * @param schema the first version that has it
   * @param value what it holds in rows that are older: a number, a text, or empty
   */
  record Added(String column, int schema, Optional<Object> value) {}

  /** The longest text that is read from a copy. */
  private static final int MAX_TEXT = 64 * 1024 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_TEXT).build())
          .build();

  /** What a record holds, in an order in which it can be filled. */
  static final List<Layout> ALL =
      List.of(
          of(
              "verdict_interval",
              "target, began",
              "ended",
              "state",
              "scope",
              "layer",
              "reason",
              "detail",
              "culprit"),
          of("incident", "id", "opened", "resolved", "document"),
          of("incident_target", "target, incident", "onset", "resolved"),
          counting(
                  "notice",
                  "sequence",
                  "id",
                  "incident",
                  "kind",
                  "receiver",
                  "document",
                  "planned",
                  "not_before",
                  "attempts",
                  "delivered",
                  "given_up",
                  "last_error",
                  "thread")
              .with(new Added("thread", 4, Optional.empty())),
          counting("name", "id", "text"),
          counting("vantage", "id", "probe", "region", "asn"),
          of(
              "evidence",
              "target, received, vantage, boot, sequence",
              "kind",
              "layer",
              "scheduled",
              "started",
              "duration",
              "outcome",
              "reason",
              "detail",
              "extra"),
          of(
              "probe_credential",
              "id",
              "probe",
              "hash",
              "created",
              "expires",
              "last_used",
              "revoked"),
          of("audit", "sequence", "happened", "who", "action", "detail", "previous", "hash"),
          of("notebook", "sequence", "incident", "happened", "who", "kind", "document"),
          of("silence", "id", "matchers", "begins", "until", "who", "reason", "created", "ended"),
          of("heartbeat", "number", "name", "last", "who", "failed", "detail"),
          of(
              "runbook_run",
              "number",
              "id",
              "incident",
              "runbook",
              "action",
              "who",
              "automatic",
              "began",
              "until",
              "ended",
              "outcome",
              "said"),
          of("user_report", "number", "target", "received", "region", "said"));

  private static Layout of(String name, String key, String... others) {
    List<String> columns = new ArrayList<>(List.of(key.split(", ", -1)));
    columns.addAll(List.of(others));
    return new Layout(name, key, Optional.empty(), List.copyOf(columns), List.of());
  }

  private static Layout counting(String name, String number, String... others) {
    Layout plain = of(name, number, others);
    return new Layout(name, number, Optional.of(number), plain.columns(), List.of());
  }

  private Layout with(Added later) {
    return new Layout(name, key, counted, columns, List.of(later));
  }

  /**
   * The table of this name.
   *
   * @throws IllegalArgumentException when a record has no such table
   */
  static Layout of(String name) {
    return ALL.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a record has no table " + name));
  }

  String select() {
    return "SELECT " + String.join(", ", columns) + " FROM " + name + " ORDER BY " + key;
  }

  String insert() {
    return "INSERT INTO "
        + name
        + " ("
        + String.join(", ", columns)
        + ") VALUES (?"
        + ",?".repeat(columns.size() - 1)
        + ")";
  }

  /** A row of the table as a JSON array. */
  String text(ResultSet row) throws SQLException {
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    for (int column = 0; column < values.length; column++) {
      values[column] = row.getObject(column + 1);
    }
    return text(values);
  }

  /** The same of values that were read before. */
  static String text(@Nullable Object[] values) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      for (@Nullable Object value : values) {
        switch (value) {
          case null -> json.writeNull();
          case Number number -> json.writeNumber(number.longValue());
          case Object other -> json.writeString(other.toString());
        }
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  /**
   * The values of a JSON array.
   *
   * @throws IllegalArgumentException when it is no row of this table
   */
  @Nullable Object[] values(String row) {
    return values(row, columns.size());
  }

  /** A row as an older version copied it, as this one copies it. */
  String upgraded(String row, int schema) {
    List<Added> later = added.stream().filter(column -> column.schema() > schema).toList();
    if (later.isEmpty()) {
      return row;
    }
    @Nullable Object[] older = values(row, columns.size() - later.size());
    @Nullable Object[] values = new @Nullable Object[columns.size()];
    int taken = 0;
    for (int column = 0; column < values.length; column++) {
      String wanted = columns.get(column);
      Optional<Added> missing =
          later.stream().filter(each -> each.column().equals(wanted)).findFirst();
      values[column] = missing.isPresent() ? missing.get().value().orElse(null) : older[taken++];
    }
    return text(values);
  }

  private @Nullable Object[] values(String row, int count) {
    @Nullable Object[] values = new @Nullable Object[count];
    try (JsonParser json = JSON.createParser(row)) {
      boolean fits = json.nextToken() == JsonToken.START_ARRAY;
      for (int column = 0; column < values.length && fits; column++) {
        switch (json.nextToken()) {
          case VALUE_NUMBER_INT -> values[column] = json.getLongValue();
          case VALUE_STRING -> values[column] = json.getText();
          case VALUE_NULL -> values[column] = null;
          case null, default -> fits = false;
        }
      }
      if (!fits || json.nextToken() != JsonToken.END_ARRAY || json.nextToken() != null) {
        throw new IllegalArgumentException("not a row of the table " + name);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not a row of the table " + name, e);
    }
    return values;
  }
}
