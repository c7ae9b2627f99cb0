package parallax.config.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The environment of this process and the files of this machine. */
final class MachineSecrets implements SecretSource {
  @Override
  public Answer variable(String name) {
    String value = System.getenv(name);
    if (value == null) {
      return new Answer.Missing("environment variable " + name + " is not set");
    }
    return new Answer.Known(Secret.of(value));
  }

  @Override
  public Answer file(Path path) {
    // Anything else (a pipe, a device) could block or never end.
    if (!Files.isRegularFile(path)) {
      return new Answer.Missing("there is no file " + path);
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        return new Answer.Missing("file " + path + " is larger than 64 KiB");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Answer.Known(Secret.of(text.replaceFirst("\\r?\\n\\z", "")));
    } catch (CharacterCodingException e) {
      return new Answer.Missing("file " + path + " is not text in UTF-8");
    } catch (IOException e) {
      return new Answer.Missing("file " + path + " can't be read");
    }
  }
}
