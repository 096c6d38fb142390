package org.tidelog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * House rules over every source of the project; here because nothing is built after this module.
 */
final class TidyTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Set<String> FOLDERS_SKIPPED =
      Set.of("target", ".tidelog-build", ".git", "node_modules", ".idea");

  private static final Pattern TEXT =
      Pattern.compile(".*\\.(java|xml|md|properties|proto|bash|json|yml)|.*/(tidelog|run)");

  /** A task without a number is forgotten; one with a number is somebody's. */
  private static final Pattern TASK_WITHOUT_NUMBER =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b(?! ?\\(?#\\d)");

  private static final long SOURCE_BYTES_MAX = 100_000;
  private static final int FILE_LINES_MAX = 500;
  private static final int METHOD_LINES_MAX = 50;
  private static final int PARAMETERS_MAX = 6;

  private static List<Path> texts = List.of();

  @BeforeAll
  static void listTexts() throws IOException {
    try (Stream<Path> paths = Files.walk(ROOT)) {
      texts =
          paths
              .filter(path -> !isSkipped(path))
              .filter(path -> TEXT.matcher(path.toString()).matches())
              .filter(Files::isRegularFile)
              .sorted()
              .toList();
    }
    assertThat(texts).hasSizeGreaterThan(10);
  }

  @Test
  void sourcesHaveNoTabsAndNoTrailingSpace() {
    assertThat(linesWhere(line -> line.indexOf('\t') >= 0 || line.endsWith(" "))).isEmpty();
  }

  @Test
  void tasksLeftOpenHaveANumber() {
    assertThat(linesWhere(line -> TASK_WITHOUT_NUMBER.matcher(line).find())).isEmpty();
  }

  @Test
  void sourcesAreSmall() throws IOException {
    List<String> large = new ArrayList<>();
    for (Path path : texts) {
      if (!isData(path) && Files.size(path) > SOURCE_BYTES_MAX) {
        large.add(name(path) + ": " + Files.size(path) + " bytes");
      }
      if (isMainJava(path) && lines(path).size() > FILE_LINES_MAX) {
        large.add(name(path) + ": " + lines(path).size() + " lines");
      }
    }
    assertThat(large).isEmpty();
  }

  @Test
  void everyPackageSaysWhatItIsFor() {
    List<String> silent = new ArrayList<>();
    for (Path path : texts) {
      if (!isMainJava(path)) {
        continue;
      }
      Path info = path.resolveSibling("package-info.java");
      if (!Files.exists(info)) {
        silent.add(name(info) + " is missing");
      } else if (path.equals(info)
          && !(text(info).contains("@NullMarked") && text(info).startsWith("/**"))) {
        silent.add(name(info) + " has no purpose or no @NullMarked");
      }
    }
    assertThat(silent).doesNotHaveDuplicates().isEmpty();
  }

  @Test
  void methodsAreShortAndTakeFewArguments() throws IOException {
    List<Path> sources = texts.stream().filter(TidyTest::isMainJava).toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> found = new ArrayList<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      Measure measure = new Measure(Trees.instance(task).getSourcePositions(), found);
      task.parse().forEach(unit -> measure.scan(unit, null));
    }
    assertThat(found).isEmpty();
  }

  /** Notes each method that is too long or asks for too much. */
  private static final class Measure extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final SourcePositions positions;
    private final List<String> found;

    Measure(SourcePositions positions, List<String> found) {
      this.positions = positions;
      this.found = found;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      var unit = getCurrentPath().getCompilationUnit();
      long start = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
      long end = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
      String where = name(Path.of(unit.getSourceFile().toUri())) + ":" + start;
      if (end - start + 1 > METHOD_LINES_MAX) {
        found.add(where + " " + method.getName() + ": " + (end - start + 1) + " lines");
      }
      // A record is what many parameters are put into.
      if (!isOfRecord() && method.getParameters().size() > PARAMETERS_MAX) {
        found.add(
            where + " " + method.getName() + ": " + method.getParameters().size() + " parameters");
      }
      return super.visitMethod(method, unused);
    }

    private boolean isOfRecord() {
      return getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
    }
  }

  private static List<String> linesWhere(java.util.function.Predicate<String> untidy) {
    List<String> found = new ArrayList<>();
    for (Path path : texts) {
      if (isData(path)) {
        continue;
      }
      List<String> lines = lines(path);
      for (int i = 0; i < lines.size(); i++) {
        if (untidy.test(lines.get(i))) {
          found.add(name(path) + ":" + (i + 1) + ": " + lines.get(i));
        }
      }
    }
    return found;
  }

  private static boolean isSkipped(Path path) {
    for (Path part : ROOT.relativize(path)) {
      if (FOLDERS_SKIPPED.contains(part.toString())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isData(Path path) {
    return name(path).contains("/resources/");
  }

  private static boolean isMainJava(Path path) {
    return name(path).contains("/src/main/java/") && path.toString().endsWith(".java");
  }

  private static String name(Path path) {
    return ROOT.relativize(path).toString().replace('\\', '/');
  }

  private static List<String> lines(Path path) {
    return text(path).lines().toList();
  }

  private static String text(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(name(path), e);
    }
  }
}
