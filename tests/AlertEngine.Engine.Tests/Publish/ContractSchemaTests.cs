using AlertEngine.Engine.Ports;
using AlertEngine.Testing.Contracts;
using Xunit;

namespace AlertEngine.Engine.Tests.Publish;

/// <summary>Goal: the check against the schemas is one that can fail.</summary>
public sealed class ContractSchemaTests
{
    [Fact]
    public void A_message_without_what_the_contract_requires_is_a_fault() =>
        Assert.Contains("#/type: PropertyRequired", OutputContract.Faults(OutputKind.Alert, """{"data":{}}"""));

    [Fact]
    public void A_word_that_the_contract_does_not_know_is_a_fault() =>
        Assert.Contains("#/type: NotInEnumeration", OutputContract.Faults(OutputKind.WorkOrder, """{"type":"city.workorder.exploded.v1"}"""));

    [Fact]
    public void A_member_that_the_contract_does_not_know_is_a_fault() =>
        Assert.Contains("#/data.surprise: NoAdditionalPropertiesAllowed", OutputContract.Faults(OutputKind.WorkOrder, """{"data":{"surprise":1}}"""));
}
