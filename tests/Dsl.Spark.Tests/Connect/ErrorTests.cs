using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Protocol;
using Xunit;

namespace Dsl.Spark.Tests.Connect;

public class ErrorTests
{
    [Fact]
    public async Task Details_are_fetched()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        fake.Fail = method => method == "Config" ? new FakeError(GrpcCode.Internal, "[TABLE_OR_VIEW_NOT_FOUND] The tab...") { ErrorClass = "TABLE_OR_VIEW_NOT_FOUND", ErrorId = "e1" } : null;
        FetchErrorDetailsResponse.Types.Error root = new() { Message = "[TABLE_OR_VIEW_NOT_FOUND] The table cannot be found.", CauseIdx = 1 };
        root.ErrorTypeHierarchy.Add("org.apache.spark.sql.AnalysisException");
        root.ErrorTypeHierarchy.Add("java.lang.Exception");
        root.StackTrace.Add(new FetchErrorDetailsResponse.Types.StackTraceElement { DeclaringClass = "a.B", MethodName = "c", FileName = "B.scala", LineNumber = 7 });
        root.StackTrace.Add(new FetchErrorDetailsResponse.Types.StackTraceElement { DeclaringClass = "a.D", MethodName = "e", LineNumber = 8 });
        root.SparkThrowable = new FetchErrorDetailsResponse.Types.SparkThrowable { ErrorClass = "TABLE_OR_VIEW_NOT_FOUND", SqlState = "42P01" };
        root.SparkThrowable.MessageParameters["relationName"] = "`t`";
        root.SparkThrowable.QueryContexts.Add(new FetchErrorDetailsResponse.Types.QueryContext { Summary = "== SQL ==" });
        // A cause that is its own.
        FetchErrorDetailsResponse.Types.Error cause = new() { Message = "why", CauseIdx = 1 };
        cause.ErrorTypeHierarchy.Add("java.io.IOException");
        fake.Details = new FetchErrorDetailsResponse { RootErrorIdx = 0 };
        fake.Details.Errors.Add(root);
        fake.Details.Errors.Add(cause);
        await using ConnectClient client = fake.Connect();
        SparkException error = await FailAsync(client);
        Assert.Equal("[TABLE_OR_VIEW_NOT_FOUND] The table cannot be found.", error.Message);
        Assert.Equal(("TABLE_OR_VIEW_NOT_FOUND", "42P01", GrpcCode.Internal), (error.ErrorClass, error.SqlState, error.StatusCode));
        Assert.Equal("`t`", error.MessageParameters["relationName"]);
        Assert.Equal("org.apache.spark.sql.AnalysisException", error.JvmClasses[0]);
        Assert.Equal("   at a.B.c(B.scala:7)\n   at a.D.e(unknown:8)", error.JvmStackTrace);
        Assert.Equal(["== SQL =="], error.QueryContexts);
        Assert.Equal("why", Assert.IsType<SparkException>(error.InnerException).Message);
        Assert.Contains("a.B.c(B.scala:7)", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_details_the_status_speaks()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        fake.Fail = method => method == "Config" ? new FakeError(GrpcCode.Internal, "[X.Y] é 100 %") { ErrorId = "e1" } : null;
        await using ConnectClient client = fake.Connect();
        SparkException error = await FailAsync(client);
        Assert.Equal(("[X.Y] é 100 %", "X.Y", "42P01"), (error.Message, error.ErrorClass, error.SqlState));
        Assert.Equal(1, fake.Count("FetchErrorDetails"));
    }

    [Fact]
    public async Task What_no_one_listens_at_is_said()
    {
        await using ConnectClient client = new(ConnectionString.Parse("sc://127.0.0.1:1"), new RetryPolicy(2, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)));
        SparkException error = await FailAsync(client);
        Assert.Equal(GrpcCode.Unavailable, error.StatusCode);
        Assert.Contains("The connection to 127.0.0.1:1 failed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_nobody_vouches_for_gets_no_token()
    {
        using ECDsa key = ECDsa.Create();
        CertificateRequest request = new("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using FakeSpark fake = await FakeSpark.StartAsync(made);
        await using ConnectClient client = fake.Connect(";token=t;use_ssl=true");
        SparkException error = await FailAsync(client);
        Assert.Equal(GrpcCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("cannot be made", error.Message, StringComparison.Ordinal);
        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
        Assert.Empty(fake.Calls);
    }

    private static Task<SparkException> FailAsync(ConnectClient client) =>
        Assert.ThrowsAsync<SparkException>(() => client.ConfigAsync(new ConfigRequest.Types.Operation { GetAll = new ConfigRequest.Types.GetAll() }));
}
