package parallax.probe.service.frames;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.KeyAgreement;
import parallax.probe.service.talk.Body;
import parallax.probe.service.talk.Heard;
import parallax.probe.service.talk.NotYet;
import parallax.probe.service.talk.Unfit;

/** One side of a key exchange by Curve25519 (RFC 8731), as far as it takes to know a host key. */
public final class SshKeys {
  /** Of host keys, those preferred first (RFC 8709, RFC 5656, RFC 8332). */
  static final List<String> ALGORITHMS =
      List.of("ssh-ed25519", "ecdsa-sha2-nistp256", "rsa-sha2-512", "rsa-sha2-256");

  /** What stands before the raw key in a SubjectPublicKeyInfo (RFC 8410, RFC 5480). */
  private static final byte[] X25519 = HexFormat.of().parseHex("302a300506032b656e032100");

  private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] P256 =
      HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

  private static final int RAW = 32;
  private static final int POINT = 65;

  private final KeyPair pair;

  private SshKeys(KeyPair pair) {
    this.pair = pair;
  }

  /** Fresh ones. */
  public static SshKeys fresh() {
    try {
      return new SshKeys(KeyPairGenerator.getInstance("X25519").generateKeyPair());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("Java 25 has X25519", impossible);
    }
  }

  /**
   * What both sides said before.
   *
   * @param client identification, without the end of its line
   * @param clientInit its KEXINIT, from its number on
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Introduced(String client, String server, byte[] clientInit, byte[] serverInit) {}

  /** What the server answers: its host key, its half of the exchange, its signature. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Proof(byte[] hostKey, byte[] half, byte[] signature) {}

  /** Our half of the exchange. */
  byte[] ours() {
    byte[] encoded = pair.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - RAW, encoded.length);
  }

  /** As OpenSSH shows it. */
  static String fingerprint(byte[] hostKey) {
    return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sha256(hostKey));
  }

  /** Whether the server has signed this exchange with the key that it shows. */
  boolean proves(Introduced introduced, Proof proof) {
    try {
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      said.writeBytes(string(introduced.client().getBytes(StandardCharsets.ISO_8859_1)));
      said.writeBytes(string(introduced.server().getBytes(StandardCharsets.ISO_8859_1)));
      said.writeBytes(string(introduced.clientInit()));
      said.writeBytes(string(introduced.serverInit()));
      said.writeBytes(string(proof.hostKey()));
      said.writeBytes(string(ours()));
      said.writeBytes(string(proof.half()));
      said.writeBytes(string(new BigInteger(1, shared(proof.half())).toByteArray()));
      return Body.of(proof.signature(), signed -> verify(proof.hostKey(), signed, said));
    } catch (GeneralSecurityException | Unfit | IllegalArgumentException unusable) {
      return false;
    }
  }

  private byte[] shared(byte[] half) throws GeneralSecurityException {
    if (half.length != RAW) {
      throw new GeneralSecurityException("not a key of Curve25519");
    }
    KeyAgreement agreement = KeyAgreement.getInstance("X25519");
    agreement.init(pair.getPrivate());
    agreement.doPhase(KeyFactory.getInstance("X25519").generatePublic(spec(X25519, half)), true);
    return agreement.generateSecret();
  }

  private static Boolean verify(byte[] hostKey, Heard signed, ByteArrayOutputStream said)
      throws NotYet, Unfit {
    String algorithm = text(signed);
    byte[] blob = signed.take(signed.uint32());
    try {
      Signature verifier = Signature.getInstance(java(algorithm));
      PublicKey key = Body.of(hostKey, bytes -> publicKey(bytes, algorithm));
      verifier.initVerify(key);
      verifier.update(sha256(said.toByteArray()));
      return verifier.verify(algorithm.startsWith("ecdsa") ? Body.of(blob, SshKeys::plain) : blob);
    } catch (GeneralSecurityException unusable) {
      return false;
    }
  }

  private static String java(String algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case "ssh-ed25519" -> "Ed25519";
      case "ecdsa-sha2-nistp256" -> "SHA256withECDSAinP1363Format";
      case "rsa-sha2-512" -> "SHA512withRSA";
      case "rsa-sha2-256" -> "SHA256withRSA";
      default -> throw new GeneralSecurityException("not asked for");
    };
  }

  private static PublicKey publicKey(Heard key, String algorithm) throws NotYet, Unfit {
    try {
      String kind = text(key);
      return switch (kind) {
        case "ssh-ed25519" ->
            KeyFactory.getInstance("Ed25519").generatePublic(spec(ED25519, exactly(key, RAW)));
        case "ecdsa-sha2-nistp256" -> {
          String _ = text(key);
          yield KeyFactory.getInstance("EC").generatePublic(spec(P256, exactly(key, POINT)));
        }
        case "ssh-rsa" -> {
          BigInteger exponent = new BigInteger(1, key.take(key.uint32()));
          BigInteger modulus = new BigInteger(1, key.take(key.uint32()));
          yield KeyFactory.getInstance("RSA")
              .generatePublic(new RSAPublicKeySpec(modulus, exponent));
        }
        default -> throw Unfit.garbage(kind + " for " + algorithm);
      };
    } catch (GeneralSecurityException unusable) {
      throw Unfit.garbage("a key that is none");
    }
  }

  private static byte[] exactly(Heard key, int length) throws NotYet, Unfit {
    byte[] raw = key.take(key.uint32());
    if (raw.length != length) {
      throw Unfit.garbage("a key of " + raw.length + " bytes");
    }
    return raw;
  }

  /** Two numbers of a signature, each of 32 bytes (RFC 5656 section 3.1.2). */
  private static byte[] plain(Heard signature) throws NotYet, Unfit {
    ByteBuffer both = ByteBuffer.allocate(2 * RAW);
    for (int number = 0; number < 2; number++) {
      byte[] bytes = new BigInteger(1, signature.take(signature.uint32())).toByteArray();
      int start = Math.max(0, bytes.length - RAW);
      int length = bytes.length - start;
      both.position(number * RAW + RAW - length).put(bytes, start, length);
    }
    return both.array();
  }

  private static String text(Heard heard) throws NotYet, Unfit {
    return new String(heard.take(heard.uint32()), StandardCharsets.US_ASCII);
  }

  private static X509EncodedKeySpec spec(byte[] prefix, byte[] raw) {
    return new X509EncodedKeySpec(
        ByteBuffer.allocate(prefix.length + raw.length).put(prefix).put(raw).array());
  }

  /** With its length before it (RFC 4251 section 5). */
  static byte[] string(byte[] bytes) {
    return ByteBuffer.allocate(Integer.BYTES + bytes.length)
        .putInt(bytes.length)
        .put(bytes)
        .array();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
