package dev.beckon.app;

import dev.beckon.account.Account;
import dev.beckon.account.Dispatch;
import dev.beckon.account.Notice;
import dev.beckon.account.Route;
import dev.beckon.account.VendorAccount;
import dev.beckon.dispatch.Renderer;
import dev.beckon.intake.RecipientReader;
import dev.beckon.invitation.Channel;
import dev.beckon.operations.AccountValidation;
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
final class AccountCheck implements AccountValidation {
  private final VendorCatalog catalog;
  private final URI publicUrl;

  AccountCheck(VendorCatalog catalog, URI publicUrl) {
    this.catalog = catalog;
    this.publicUrl = publicUrl;
  }

  @Override
  public List<String> problems(Account account) {
    List<String> problems = new ArrayList<>();
    account.vendorAccounts().values().forEach(vendor -> vendor(vendor, problems));
    account.dispatches().values().forEach(dispatch -> dispatch(account, dispatch, problems));
    account.notices().values().forEach(notice -> notice(account, notice, problems));
    return problems;
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

  private void notice(Account account, Notice notice, List<String> problems) {
    String path = "notices." + notice.id();
    for (int i = 0; i < notice.to().size(); i++) {
      Optional<String> fault = RecipientReader.mailboxFault(notice.to().get(i));
      if (fault.isPresent()) {
        problems.add(path + ".to[" + i + "]: " + fault.get());
      }
    }
    if (vendor(account, notice.vendorAccount())
        .filter(vendor -> !vendor.channels().contains(Channel.EMAIL))
        .isPresent()) {
      problems.add(
          path
              + ".vendor: vendor account "
              + notice.vendorAccount()
              + " does not serve email; name one that does");
    }
  }

  private Optional<VendorFactory> vendor(Account account, String name) {
    return Optional.ofNullable(account.vendorAccounts().get(name))
        .flatMap(used -> catalog.find(used.vendor()));
  }

  private void dispatch(Account account, Dispatch dispatch, List<String> problems) {
    for (Route route : dispatch.routes()) {
      for (String name : route.vendorAccounts()) {
        Optional<VendorFactory> vendor = vendor(account, name);
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
