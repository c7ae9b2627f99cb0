package parallax.probe.blackbox.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;
import parallax.probe.blackbox.module.HttpModule;

/**
 * A condition in CEL on {@code body}, a JSON document. Its numbers are doubles, and equal to whole
 * numbers of the same value.
 */
public final class CelCondition implements HttpModule.Condition {
  /** Longer conditions are refused. */
  static final int MAX_CHARACTERS = 4_096;

  /** Steps of all loops together. */
  static final int MAX_ITERATIONS = 100_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .maxExpressionCodePointSize(MAX_CHARACTERS)
          .build();

  private final String text;
  private final CelRuntime.Program program;

  private CelCondition(String text, CelRuntime.Program program) {
    this.text = text;
    this.program = program;
  }

  /**
   * Compiles a condition.
   *
   * @throws IllegalArgumentException when it is none; the message says why, in one line
   */
  public static CelCondition compile(String text) {
    CelCompiler compiler =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("body", SimpleType.DYN)
            .build();
    try {
      CelAbstractSyntaxTree tree = compiler.compile(text).getAst();
      boolean bool =
          tree.getResultType().equals(SimpleType.BOOL)
              || tree.getResultType().equals(SimpleType.DYN);
      if (!bool) {
        throw new IllegalArgumentException(
            "it gives " + tree.getResultType().name() + ", not a bool");
      }
      CelRuntime runtime =
          CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();
      return new CelCondition(text, runtime.createProgram(tree));
    } catch (CelValidationException | CelEvaluationException e) {
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).lines().findFirst().orElse("not CEL"), e);
    }
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public boolean holds(byte[] json) {
    Object body = JsonTree.read(json);
    try {
      Object result = program.eval(Map.of("body", body));
      if (result instanceof Boolean holds) {
        return holds;
      }
      throw new IllegalArgumentException("the condition does not give a bool");
    } catch (CelEvaluationException e) {
      throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
    }
  }
}
