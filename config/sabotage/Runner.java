import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes, and prints each method as {@code failed CLASS#METHOD} or {@code passed
 * CLASS#METHOD}.
 */
final class Runner {
  private static final Set<String> ran = new TreeSet<>();
  private static final Set<String> failed = new TreeSet<>();

  public static void main(String[] classes) {
    for (String name : classes) {
      LauncherDiscoveryRequest request =
          LauncherDiscoveryRequestBuilder.request().selectors(selectClass(name)).build();
      LauncherFactory.create().execute(request, new Listener());
    }
    ran.forEach(name -> System.out.println((failed.contains(name) ? "failed " : "passed ") + name));
    System.exit(0); // Whatever threads a broken program has left.
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
