package parallax.deploy.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A page of the manual (section 1), in the macros of man(7), with all commands on it. */
final class ManualPage {
  private final List<String> lines = new ArrayList<>();

  private ManualPage() {}

  /**
   * The page.
   *
   * @param date of the page, as {@code 2026-01-01}
   */
  static String of(CommandLine root, String version, String date) {
    ManualPage page = new ManualPage();
    CommandSpec spec = root.getCommandSpec();
    String name = spec.name();
    page.lines.add(
        ".TH %s 1 %s \"Parallax %s\" \"User Commands\""
            .formatted(name.toUpperCase(Locale.ROOT), date, version));
    page.section("NAME");
    page.text(name + " - distributed external uptime and DNS/BGP monitor");
    page.section("SYNOPSIS");
    page.lines.add(".B " + escaped(name));
    page.lines.add(".I command");
    page.text("[options]");
    page.section("DESCRIPTION");
    page.text(spec.usageMessage().description());
    page.section("COMMANDS");
    commands(root).forEach(command -> page.command(command.getCommandSpec()));
    page.section("EXIT STATUS");
    page.term("0", "the answer is yes, or all went well");
    page.term("1", "the answer is no");
    page.term("2", "the command line was wrong");
    page.term("3", "there is no answer: the command could not run");
    page.section("ENVIRONMENT");
    page.term("PARALLAX_HEAP", "the most memory for objects, as of java -Xmx; such as 512m");
    page.term("PARALLAX_JAVA_OPTS", "more options of the JVM, separated by blanks");
    return String.join("\n", page.lines) + "\n";
  }

  /** All that can be run, parents before children. */
  private static Stream<CommandLine> commands(CommandLine parent) {
    return parent.getSubcommands().values().stream()
        .distinct()
        .filter(command -> !command.getCommandSpec().usageMessage().hidden())
        .flatMap(command -> Stream.concat(Stream.of(command), commands(command)));
  }

  private void command(CommandSpec spec) {
    String positional =
        spec.positionalParameters().stream()
            .filter(parameter -> !parameter.hidden())
            .map(PositionalParamSpec::paramLabel)
            .distinct()
            .collect(Collectors.joining(" "));
    lines.add(".SS " + quoted((spec.qualifiedName() + " " + positional).strip()));
    text(spec.usageMessage().description());
    spec.positionalParameters().stream()
        .filter(parameter -> !parameter.hidden() && parameter.description().length > 0)
        .forEach(parameter -> term(parameter.paramLabel(), described(parameter)));
    spec.options().stream()
        .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
        .forEach(option -> term(names(option), described(option)));
  }

  private static String names(OptionSpec option) {
    String label = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
    return String.join(", ", option.names()) + label;
  }

  private static String described(ArgSpec argument) {
    String text = String.join(" ", argument.description());
    String value = argument.defaultValueString(true);
    return text.replace("${DEFAULT-VALUE}", value == null ? "none" : value)
        .replace(
            "${COMPLETION-CANDIDATES}",
            argument.completionCandidates() == null
                ? ""
                : String.join(", ", argument.completionCandidates()));
  }

  private void section(String name) {
    lines.add(".SH " + quoted(name));
  }

  private void term(String term, String text) {
    lines.add(".TP");
    lines.add(".B " + quoted(term));
    text(text);
  }

  private void text(String... paragraphs) {
    for (String paragraph : paragraphs) {
      String line = escaped(paragraph);
      // What begins with a dot or an apostrophe would be taken for a request.
      lines.add(line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line);
    }
  }

  private static String quoted(String text) {
    return "\"" + escaped(text).replace("\"", "\\(dq") + "\"";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("`", "\\(ga")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti")
        .replace("…", "...");
  }
}
