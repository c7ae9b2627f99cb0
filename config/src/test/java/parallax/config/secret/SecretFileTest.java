package parallax.config.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SecretFileTest {
  private static final int SOMEBODY = 4_711;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "rw-------, ''",
    "r--------, ''",
    "rw-r-----, GROUP_READ",
    "rw--w----, GROUP_WRITE",
    "rw----r--, OTHERS_READ"
  })
  void aFileOfAnOrdinaryUserIsForNobodyElse(String permissions, String open) throws IOException {
    assertThat(SecretFile.openTo(file(permissions, SOMEBODY)))
        .extracting(PosixFilePermission::name)
        .isEqualTo(open.isEmpty() ? List.of() : List.of(open));
  }

  @ParameterizedTest
  @CsvSource({"rw-------, ''", "r--r-----, ''", "rw-rw----, GROUP_WRITE", "rw-r--r--, OTHERS_READ"})
  void aFileOfRootsMayBeReadByItsGroup(String permissions, String open) throws IOException {
    assertThat(SecretFile.openTo(file(permissions, 0)))
        .extracting(PosixFilePermission::name)
        .isEqualTo(open.isEmpty() ? List.of() : List.of(open));
  }

  @Test
  void whatIsNotThereIsSaidToBeMissing() {
    assertThatThrownBy(() -> SecretFile.openTo(folder.resolve("nothing")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private Path file(String permissions, int owner) throws IOException {
    Path file = Files.writeString(folder.resolve("secret"), "x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    if (!Integer.valueOf(owner).equals(Files.getAttribute(file, "unix:uid"))) {
      // Only root may give files away.
      assumeTrue("root".equals(System.getProperty("user.name")));
      Files.setAttribute(file, "unix:uid", owner);
    }
    return file;
  }
}
