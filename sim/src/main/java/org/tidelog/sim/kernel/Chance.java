package org.tidelog.sim.kernel;

import java.util.SplittableRandom;

/**
 * A stream of random numbers with a name. Streams of one seed are independent of each other:
 * another consumer, or one that draws more, changes nobody else's numbers. {@link StrictMath}
 * throughout, for the same numbers on every machine.
 */
public final class Chance {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private final SplittableRandom random;

  private Chance(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The stream called {@code name} and {@code index}, of the run with {@code seed}. */
  public static Chance of(long seed, String name, long index) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * FNV_PRIME;
    }
    return new Chance(mix(mix(seed + GOLDEN_GAMMA) ^ mix(hash + index * GOLDEN_GAMMA)));
  }

  /** From 0 (included) to 1 (excluded). */
  public double uniform() {
    return (random.nextLong() >>> 11) * 0x1.0p-53;
  }

  /** From {@code min} (included) to {@code max} (excluded). */
  public double uniform(double min, double max) {
    return min + (max - min) * uniform();
  }

  public long nextLong() {
    return random.nextLong();
  }

  /** From 0 (included) to {@code bound} (excluded). */
  public int below(int bound) {
    return (int) (uniform() * bound);
  }

  /** True with {@code probability}, 0 to 1. */
  public boolean happens(double probability) {
    return uniform() < probability;
  }

  public double exponential(double mean) {
    return -mean * StrictMath.log1p(-uniform());
  }

  /** Of mean 0 and standard deviation 1; the polar method of Marsaglia. */
  public double gaussian() {
    while (true) {
      double u = 2 * uniform() - 1;
      double v = 2 * uniform() - 1;
      double s = u * u + v * v;
      if (s > 0 && s < 1) {
        return u * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
      }
    }
  }

  /** Of mean {@code mean}; {@code sigma} is the deviation of the logarithm. */
  public double logNormal(double mean, double sigma) {
    return mean * StrictMath.exp(sigma * gaussian() - sigma * sigma / 2);
  }

  public double weibull(double scale, double shape) {
    return scale * StrictMath.pow(exponential(1), 1 / shape);
  }

  /** How many tries until the first success, itself included, each of {@code probability}. */
  public long geometric(double probability) {
    if (probability >= 1) {
      return 1;
    }
    double tries = StrictMath.log1p(-uniform()) / StrictMath.log1p(-probability);
    return 1 + (long) Math.min(tries, Long.MAX_VALUE / 2.0);
  }

  public void fill(byte[] bytes) {
    random.nextBytes(bytes);
  }

  /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
