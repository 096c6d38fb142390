package org.tidelog.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.tidelog.node.ErrorKind;
import org.tidelog.node.Passphrase;

/**
 * Where a passphrase comes from: a file, or the person at the terminal, and never a guess. Asked
 * for only when a command needs a key that is protected.
 */
final class Passphrases {
  /** A passphrase, not a document. */
  private static final int FILE_BYTES_MAX = 64 << 10;

  private Passphrases() {}

  /** For opening what exists: asked once. */
  static Passphrase existing(Optional<Path> file, Optional<Prompt> prompt) {
    return file.map(Passphrases::inFile).orElseGet(() -> purpose -> ask(prompt, "Passphrase: "));
  }

  /** For protecting something new: a person has to type it twice. */
  static Passphrase chosen(Optional<Path> file, Optional<Prompt> prompt) {
    return file.map(Passphrases::inFile).orElseGet(() -> purpose -> askTwice(prompt));
  }

  private static Passphrase inFile(Path file) {
    return purpose -> read(file);
  }

  private static char[] askTwice(Optional<Prompt> prompt) {
    char[] first = ask(prompt, "New passphrase: ");
    char[] second = ask(prompt, "The same again: ");
    boolean same = Arrays.equals(first, second);
    Arrays.fill(second, '\0');
    if (!same) {
      Arrays.fill(first, '\0');
      throw CommandFailure.of(ErrorKind.BAD_PASSPHRASE, "passphrase: the two are not the same");
    }
    return first;
  }

  private static char[] ask(Optional<Prompt> prompt, String question) {
    Prompt person =
        prompt.orElseThrow(
            () ->
                CommandFailure.of(
                    ErrorKind.NEEDS_PASSPHRASE,
                    "passphrase: this needs one, and there is no terminal to ask at",
                    "--passphrase-file FILE"));
    char[] answer = person.askHidden(question);
    if (answer == null || answer.length == 0) {
      throw CommandFailure.of(ErrorKind.NEEDS_PASSPHRASE, "passphrase: none was given");
    }
    return answer;
  }

  private static char[] read(Path file) {
    byte[] bytes = new byte[0];
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(FILE_BYTES_MAX + 1);
      return decode(file, bytes);
    } catch (IOException e) {
      throw Failures.io(file.toString(), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static char[] decode(Path file, byte[] bytes) throws IOException {
    int length = withoutLineEnd(bytes);
    if (length == 0 || bytes.length > FILE_BYTES_MAX) {
      String why = length == 0 ? "there is no passphrase in it" : "too long for a passphrase";
      throw CommandFailure.of(ErrorKind.NEEDS_PASSPHRASE, file + ": " + why);
    }
    try {
      CharBuffer chars =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      char[] passphrase = new char[chars.remaining()];
      chars.get(passphrase);
      Arrays.fill(chars.array(), '\0');
      return passphrase;
    } catch (CharacterCodingException e) {
      throw new IOException("the passphrase is not UTF-8", e);
    }
  }

  private static int withoutLineEnd(byte[] bytes) {
    int length = bytes.length;
    if (length > 0 && bytes[length - 1] == '\n') {
      length--;
      if (length > 0 && bytes[length - 1] == '\r') {
        length--;
      }
    }
    return length;
  }
}
