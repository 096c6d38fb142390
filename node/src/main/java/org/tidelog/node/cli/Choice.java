package org.tidelog.node.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** One of a few words, typed in lower case. */
record Choice<E extends Enum<E>>(List<E> values) implements ITypeConverter<E> {
  Choice(E[] values) {
    this(List.of(values));
  }

  @Override
  public E convert(String text) {
    return values.stream()
        .filter(value -> word(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is none of " + String.join(", ", words())));
  }

  List<String> words() {
    return values.stream().map(Choice::word).toList();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
