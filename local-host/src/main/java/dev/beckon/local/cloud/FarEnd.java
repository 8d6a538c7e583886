package dev.beckon.local.cloud;

import dev.beckon.local.servers.Ledger;
import java.util.function.LongSupplier;

/**
 * A server that plays a vendor, and what it counted itself.
 *
 * @param vendor the vendor's name in the catalogue
 * @param server what a person calls it
 * @param messages what it takes, in the plural
 * @param refused recipients it refused for good; negative when it does not count them
 */
public record FarEnd(
    String vendor, String server, String messages, Ledger ledger, LongSupplier refused) {}
