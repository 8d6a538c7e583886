package dev.beckon.local.servers;

import dev.beckon.azurite.Azurite;
import dev.beckon.azurite.AzuriteOptions;
import dev.beckon.azurite.AzuriteUnavailableException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests where Azure Storage's emulator cannot run, and says why. A condition, because a class
 * that is given up in its {@code BeforeAll} is not counted as skipped.
 */
public final class NeedsAzurite implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (context.getTestMethod().isPresent()) {
      return ConditionEvaluationResult.enabled("its class was asked");
    }
    try {
      Azurite.install(AzuriteOptions.standard());
      return ConditionEvaluationResult.enabled("Azurite can run");
    } catch (AzuriteUnavailableException e) {
      return ConditionEvaluationResult.disabled(e.getMessage());
    }
  }
}
