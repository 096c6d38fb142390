package org.tidelog.mvds;

/** When a message whose parents are not here is delivered. They are requested either way. */
public enum DeliveryOrder {
  /** After its parents. */
  CAUSAL,

  /** At once; {@link Delivery#missing} names the parents. */
  EVENTUAL
}
