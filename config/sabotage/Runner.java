import static org.junit.platform.engine.FilterResult.includedIf;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test methods, given as {@code CLASS#METHOD}, and prints each as {@code failed CLASS#METHOD}
 * or {@code passed CLASS#METHOD}; nothing of one that is not there.
 */
final class Runner {
  private static final Set<String> ran = new TreeSet<>();
  private static final Set<String> failed = new TreeSet<>();

  public static void main(String[] methods) {
    for (String name : methods) {
      int at = name.indexOf('#');
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(selectClass(name.substring(0, at)))
              .filters((PostDiscoveryFilter) test -> includedIf(isOf(test, name.substring(at + 1))))
              .build();
      LauncherFactory.create().execute(request, new Listener());
    }
    ran.forEach(name -> System.out.println((failed.contains(name) ? "failed " : "passed ") + name));
    System.exit(0); // Whatever threads a broken program has left.
  }

  /** Whether it is the method, or holds others and so may hold it. */
  private static boolean isOf(TestDescriptor test, String method) {
    TestSource source = test.getSource().orElse(null);
    return !(source instanceof MethodSource of) || of.getMethodName().equals(method);
  }

  private static final class Listener implements TestExecutionListener {
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      TestSource source = test.getSource().orElse(null);
      if (!(source instanceof MethodSource method)) return;
      String name = method.getClassName() + "#" + method.getMethodName();
      ran.add(name);
      if (result.getStatus() == TestExecutionResult.Status.FAILED) failed.add(name);
    }
  }
}
