package org.tidelog.sim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** A run depends on its seed alone: nothing in it may know the time, or chance without a name. */
@AnalyzeClasses(packages = "org.tidelog.sim", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule SEES_NEITHER_NODE_NOR_NETWORK =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tidelog.node..", "org.tidelog.libp2p..", "java.net..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ASKS_NOBODY_FOR_THE_TIME =
      noClasses()
          .that()
          // The command line draws its progress bar by the clock, and writes no time down.
          .resideOutsideOfPackage("org.tidelog.sim.cli..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class)
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Instant.class, "now")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule DRAWS_ONLY_FROM_NAMED_STREAMS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Random.class, SecureRandom.class, ThreadLocalRandom.class)
          .orShould()
          .callMethod(Math.class, "random")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule HAS_NO_PACKAGE_CYCLES =
      slices().matching("org.tidelog.(**)").should().beFreeOfCycles().allowEmptyShould(true);
}
