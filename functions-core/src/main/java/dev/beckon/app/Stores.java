package dev.beckon.app;

import dev.beckon.access.ApiKeyStore;
import dev.beckon.access.RequestCounts;
import dev.beckon.account.AccountSource;
import dev.beckon.account.TestTwin;
import dev.beckon.account.TwinnedAccounts;
import dev.beckon.batch.BatchStore;
import dev.beckon.config.ConfigKey;
import dev.beckon.config.RuntimeConfig;
import dev.beckon.events.EventLog;
import dev.beckon.feedback.AnswerStore;
import dev.beckon.filedrop.ImportStore;
import dev.beckon.intake.Contacts;
import dev.beckon.intake.Suppressions;
import dev.beckon.invitation.InvitationSearch;
import dev.beckon.invitation.InvitationStore;
import dev.beckon.mongo.MongoAccounts;
import dev.beckon.mongo.MongoAnswerStore;
import dev.beckon.mongo.MongoApiKeys;
import dev.beckon.mongo.MongoBatchGates;
import dev.beckon.mongo.MongoBatchStore;
import dev.beckon.mongo.MongoConnection;
import dev.beckon.mongo.MongoContacts;
import dev.beckon.mongo.MongoErasureOrders;
import dev.beckon.mongo.MongoEventLog;
import dev.beckon.mongo.MongoImports;
import dev.beckon.mongo.MongoInvitationSearch;
import dev.beckon.mongo.MongoInvitationStore;
import dev.beckon.mongo.MongoKeyVault;
import dev.beckon.mongo.MongoNoticeStore;
import dev.beckon.mongo.MongoPaceStore;
import dev.beckon.mongo.MongoParcelStore;
import dev.beckon.mongo.MongoRequestCounts;
import dev.beckon.mongo.MongoSuppressions;
import dev.beckon.notices.NoticeStore;
import dev.beckon.operations.ErasureOrders;
import dev.beckon.pace.PaceStore;
import dev.beckon.parcel.BatchGates;
import dev.beckon.parcel.ParcelStore;
import dev.beckon.privacy.KeyVault;
import dev.beckon.vendor.VendorCatalog;
import java.time.Clock;

/** Everything that is stored, on one connection. */
public record Stores(
    AccountSource accounts,
    InvitationStore invitations,
    InvitationSearch search,
    ParcelStore parcels,
    Contacts contacts,
    Suppressions suppressions,
    ImportStore imports,
    BatchGates gates,
    BatchStore batches,
    EventLog events,
    KeyVault keys,
    ErasureOrders erasures,
    AnswerStore answers,
    PaceStore paces,
    ApiKeyStore apiKeys,
    RequestCounts requests,
    NoticeStore notices) {

  /** The stores on MongoDB; accounts have test twins where the catalogue has what serves them. */
  static Stores on(
      MongoConnection connection, RuntimeConfig config, VendorCatalog catalog, Clock clock) {
    AccountSource accounts =
        new MongoAccounts(connection, config.duration(ConfigKey.ACCOUNT_CACHE), clock);
    return new Stores(
        catalog.find(TestTwin.VENDOR).isPresent() ? new TwinnedAccounts(accounts) : accounts,
        new MongoInvitationStore(connection, clock),
        new MongoInvitationSearch(connection),
        new MongoParcelStore(connection),
        new MongoContacts(connection),
        new MongoSuppressions(connection),
        new MongoImports(connection),
        new MongoBatchGates(connection),
        new MongoBatchStore(connection),
        new MongoEventLog(connection),
        new MongoKeyVault(connection),
        new MongoErasureOrders(connection),
        new MongoAnswerStore(connection),
        new MongoPaceStore(connection),
        new MongoApiKeys(connection),
        new MongoRequestCounts(connection),
        new MongoNoticeStore(connection));
  }
}
