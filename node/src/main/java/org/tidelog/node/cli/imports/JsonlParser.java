package org.tidelog.node.cli.imports;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Format {@code jsonl}: an object a line, {@code {"text":…, "time":…}}, or {@code base64} instead
 * of {@code text} for bytes. {@code time} is RFC 3339 and may be left out; fields with other names
 * are ignored. An object with {@code state} instead of a payload, as {@code read} prints where
 * there is none, is left out.
 */
final class JsonlParser implements LineParser {
  private final JsonFactory json =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(LineReader.LINE_BYTES_MAX).build())
          .build();

  @Override
  public ParsedLine parse(byte[] line, long number) throws MalformedLineException {
    byte[] bare = number == 1 ? ByteOrderMark.dropped(line) : line;
    try (JsonParser parser = json.createParser(bare)) {
      return line(parser);
    } catch (StreamConstraintsException e) {
      throw MalformedLineException.quoting(
          number, "nested too deep, or a name or number in it is too long", line);
    } catch (JsonProcessingException e) {
      throw MalformedLineException.quoting(number, "not JSON" + place(e), line);
    } catch (Unfit | IOException e) {
      throw MalformedLineException.quoting(number, String.valueOf(e.getMessage()), line);
    }
  }

  /** Where, and no more: the parser's own words speak of its settings. */
  private static String place(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null ? "" : ", or a field twice, at byte " + location.getColumnNr();
  }

  private static ParsedLine line(JsonParser parser) throws IOException, Unfit {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new Unfit("not a JSON object");
    }
    byte[] payload = null;
    Optional<Instant> time = Optional.empty();
    boolean absent = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "text" -> payload = once(payload, utf8(string(parser, name)));
        case "base64" -> payload = once(payload, base64(string(parser, name)));
        case "time" -> time = Optional.of(time(string(parser, name)));
        case "state" -> absent = parser.currentToken() == JsonToken.VALUE_STRING;
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw new Unfit("more than one JSON object");
    }
    if (payload == null && absent) {
      return new ParsedLine.LeftOut();
    }
    if (payload == null) {
      throw new Unfit("neither \"text\" nor \"base64\"");
    }
    return new ParsedLine.Entry(new ImportItem(payload, time));
  }

  private static byte[] once(byte @Nullable [] before, byte[] payload) throws Unfit {
    if (before != null) {
      throw new Unfit("both \"text\" and \"base64\"");
    }
    return payload;
  }

  private static String string(JsonParser parser, String name) throws IOException, Unfit {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new Unfit("\"" + name + "\" is not a string");
    }
    return parser.getText();
  }

  private static byte[] utf8(String text) throws Unfit {
    try {
      // Not getBytes: half of a surrogate pair would silently become a question mark.
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] payload = new byte[bytes.remaining()];
      bytes.get(payload);
      return payload;
    } catch (CharacterCodingException e) {
      throw new Unfit("\"text\" is not valid Unicode");
    }
  }

  private static byte[] base64(String text) throws Unfit {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Unfit("\"base64\" is not base64");
    }
  }

  private static Instant time(String text) throws Unfit {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new Unfit("\"time\" is not an RFC 3339 time");
    }
  }

  /** JSON, but not of our shape. */
  private static final class Unfit extends Exception {
    private static final long serialVersionUID = 1L;

    Unfit(String why) {
      super(why);
    }
  }
}
