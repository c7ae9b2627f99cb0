package parallax.config.read.check;

import java.util.Optional;
import parallax.config.bind.Field;
import parallax.config.bind.Kind;
import parallax.config.bind.Kinds;
import parallax.config.bind.Shape;
import parallax.config.planned.RegistrationSpec;
import parallax.config.read.check.ExpiryReader.Expiry;

/** The {@code registration} block. */
public final class RegistrationReader {
  private static final Field<Expiry> EXPIRY =
      Field.optional(
          "expiry",
          ExpiryReader.expiry(
              new Expiry(
                  RegistrationSpec.DEFAULT.expiryWarn(), RegistrationSpec.DEFAULT.expiryFail())),
          "How long before the registration ends it is told of. Left out: warn 45d, fail 7d.");

  public static final Kind<RegistrationSpec> KIND =
      Kinds.fields(
          Shape.of("registration", "Who holds the domain, and until when.", EXPIRY),
          (values, _, _) ->
              Optional.of(
                  values
                      .get(EXPIRY)
                      .map(expiry -> new RegistrationSpec(expiry.warn(), expiry.fail()))
                      .orElse(RegistrationSpec.DEFAULT)));

  private RegistrationReader() {}
}
