package parallax.config.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Changes messages as another version would write them. */
final class Fields {
  private static final int NEW_FIELD = 1_999;

  private Fields() {}

  /** {@code message} with fields that nobody knows, in it and in every message inside. */
  static Message withUnknown(Message message) {
    Message.Builder out = message.toBuilder();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                change(out, field, value);
              }
            });
    UnknownFieldSet.Field some =
        UnknownFieldSet.Field.newBuilder()
            .addVarint(-1)
            .addFixed32(7)
            .addLengthDelimited(ByteString.copyFromUtf8("of a newer version"))
            .addGroup(UnknownFieldSet.getDefaultInstance())
            .build();
    return out.setUnknownFields(UnknownFieldSet.newBuilder().addField(NEW_FIELD, some).build())
        .build();
  }

  private static void change(Message.Builder out, FieldDescriptor field, Object value) {
    if (!field.isRepeated()) {
      out.setField(field, withUnknown((Message) value));
      return;
    }
    for (int index = 0; index < out.getRepeatedFieldCount(field); index++) {
      out.setRepeatedField(field, index, withUnknown((Message) out.getRepeatedField(field, index)));
    }
  }

  /** {@code message} with one field left out, once for each field in it and in those inside. */
  static List<Message> eachWithout(Message message) {
    List<Message> changed = new ArrayList<>();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              changed.add(message.toBuilder().clearField(field).build());
              if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                inside(message, field, changed::add);
              }
            });
    return changed;
  }

  private static void inside(Message message, FieldDescriptor field, Consumer<Message> to) {
    if (!field.isRepeated()) {
      for (Message inner : eachWithout((Message) message.getField(field))) {
        to.accept(message.toBuilder().setField(field, inner).build());
      }
      return;
    }
    for (int index = 0; index < message.getRepeatedFieldCount(field); index++) {
      for (Message inner : eachWithout((Message) message.getRepeatedField(field, index))) {
        to.accept(message.toBuilder().setRepeatedField(field, index, inner).build());
      }
    }
  }
}
