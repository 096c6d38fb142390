package org.tidelog.node;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.tidelog.log.entry.SeqRange;

/** What belongs to a desktop stays in its package, so that the rest loads on a phone. */
@AnalyzeClasses(packages = "org.tidelog.node", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_PARSES_ARGUMENTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tidelog.node.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_AND_IPFS_SPEAK_JSON =
      noClasses()
          .that()
          .resideOutsideOfPackages("org.tidelog.node.cli..", "org.tidelog.node.ipfs..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule ONLY_IPFS_SPEAKS_HTTP =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tidelog.node.ipfs..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("okhttp3..", "okio..");

  @ArchTest
  static final ArchRule ONLY_THE_SQLITE_STORE_SPEAKS_SQL =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tidelog.node.sqlite..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..");

  @ArchTest
  static final ArchRule NOTHING_CALLS_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.tidelog.node.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tidelog.node.cli..");

  /** Ranges of positions are part of the facade's own signatures. */
  @ArchTest
  static final ArchRule THE_COMMAND_LINE_IS_WRITTEN_AGAINST_THE_FACADE =
      noClasses()
          .that()
          .resideInAPackage("org.tidelog.node.cli..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "org.tidelog.log..",
                      "org.tidelog.node.folder..",
                      "org.tidelog.node.home..",
                      "org.tidelog.replicator.spi..",
                      "org.tidelog.node.sqlite..")
                  .and(not(belongToAnyOf(SeqRange.class))));

  @ArchTest
  static final ArchRule HAS_NO_PACKAGE_CYCLES =
      slices().matching("org.tidelog.(**)").should().beFreeOfCycles();
}
