package dev.beckon.app;

import dev.beckon.account.Account;
import dev.beckon.account.AccountReader;
import dev.beckon.account.Dispatch;
import dev.beckon.account.InvalidAccountException;
import dev.beckon.account.Route;
import dev.beckon.account.VendorAccount;
import dev.beckon.dispatch.Renderer;
import dev.beckon.vendor.VendorCatalog;
import dev.beckon.vendor.VendorFactory;
import dev.beckon.vendor.VendorSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks an account against what this installation can do, before it is stored: vendors, their
 * settings and channels, templates and links. Thread-safe.
 */
final class AccountCheck {
  private final VendorCatalog catalog;
  private final URI publicUrl;

  AccountCheck(VendorCatalog catalog, URI publicUrl) {
    this.catalog = catalog;
    this.publicUrl = publicUrl;
  }

  /**
   * @throws InvalidAccountException naming every problem by path
   */
  void check(Account account) {
    List<String> problems = new ArrayList<>();
    account.vendorAccounts().values().forEach(vendor -> vendor(vendor, problems));
    account.dispatches().values().forEach(dispatch -> dispatch(account, dispatch, problems));
    if (!problems.isEmpty()) {
      throw new InvalidAccountException(problems);
    }
  }

  /** What keeps a document from being stored, by path; empty when nothing does. */
  List<String> problems(String document) {
    try {
      check(new AccountReader().read(document, 0));
      return List.of();
    } catch (InvalidAccountException e) {
      return e.problems();
    }
  }

  private void vendor(VendorAccount vendor, List<String> problems) {
    String path = "vendorAccounts." + vendor.name();
    catalog
        .find(vendor.vendor())
        .ifPresentOrElse(
            factory ->
                VendorSettings.problems(factory.settings(), vendor.settings())
                    .forEach(problem -> problems.add(path + ".settings." + problem)),
            () ->
                problems.add(
                    path
                        + ".vendor: there is no vendor "
                        + vendor.vendor()
                        + "; known are "
                        + catalog.names()));
  }

  private void dispatch(Account account, Dispatch dispatch, List<String> problems) {
    for (Route route : dispatch.routes()) {
      for (String name : route.vendorAccounts()) {
        Optional<VendorFactory> vendor =
            Optional.ofNullable(account.vendorAccounts().get(name))
                .flatMap(used -> catalog.find(used.vendor()));
        if (vendor.isPresent() && !vendor.get().channels().contains(route.channel())) {
          problems.add(
              "dispatches."
                  + dispatch.id()
                  + ".routes: vendor account "
                  + name
                  + " does not serve "
                  + route.channel().label());
        }
      }
    }
    problems.addAll(Renderer.problems(dispatch, publicUrl));
  }
}
