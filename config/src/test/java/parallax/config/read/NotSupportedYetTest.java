package parallax.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parallax.config.bind.Field;
import parallax.config.bind.Form;
import parallax.config.bind.Shape;

class NotSupportedYetTest {
  @Test
  void namesOnlyKeysOfTheLanguage() {
    SortedSet<String> keys = new TreeSet<>();
    collect(new Form.Fields(ConfigurationReader.SHAPE), keys);
    assertThat(keys).containsAll(NotSupportedYet.KEYS);
  }

  @Test
  void plansNoSchemeThatIsThere() {
    assertThat(NotSupportedYet.SCHEMES).doesNotContainAnyElementsOf(TargetChecks.SCHEMES);
  }

  private static void collect(Form form, SortedSet<String> keys) {
    switch (form) {
      case Form.Fields(Shape shape) -> {
        for (Field<?> field : shape.fields()) {
          keys.add(shape.name() + "." + field.key());
          collect(field.kind().form(), keys);
        }
      }
      case Form.ListOf list -> collect(list.item(), keys);
      case Form.OneOrMany list -> collect(list.item(), keys);
      case Form.Table table -> collect(table.value(), keys);
      case Form.Either(List<Form> forms) -> forms.forEach(each -> collect(each, keys));
      case Form.Text _, Form.Written _, Form.AnyScalar _, Form.WholeNumber _, Form.Choice _ -> {}
    }
  }
}
