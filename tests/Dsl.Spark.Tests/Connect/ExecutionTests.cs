using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Dsl.Spark.Connect;
using Dsl.Spark.Protocol;
using Google.Protobuf;
using Xunit;

namespace Dsl.Spark.Tests.Connect;

/// <summary>Operations against a server that breaks connections and forgets.</summary>
public class ExecutionTests
{
    private static readonly Plan AnyPlan = new() { Root = new Relation { Range = new Protocol.Range { End = 1, Step = 1 } } };

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(20)]
    public async Task A_connection_that_breaks_anywhere_loses_and_doubles_nothing(int bytes)
    {
        for (int messages = 0; messages <= 6; messages++)
        {
            await using FakeSpark fake = await FakeSpark.StartAsync();
            Fill(fake, 5);
            fake.Cut = stream => stream == 0 ? (messages, bytes) : null;
            await using ConnectClient client = fake.Connect();
            Assert.Equal(["b0", "b1", "b2", "b3", "b4"], await BatchesAsync(client));
            Assert.Equal(messages < 6 ? 1 : 0, fake.Count("ReattachExecute"));
            Assert.Equal(1, fake.Count("ExecutePlan"));
        }
    }

    [Fact]
    public async Task Every_connection_may_break_behind_one_message()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        Fill(fake, 30);
        fake.Cut = stream => (1, stream % 3);
        await using ConnectClient client = fake.Connect();
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"b{i}"), await BatchesAsync(client));
        Assert.True(fake.Count("ReattachExecute") >= 29);
    }

    [Fact]
    public async Task A_stream_that_ends_well_but_early_goes_on_in_another()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        Fill(fake, 3);
        // Spark ends a stream after two minutes; the operation has more to say by then.
        ExecutePlanResponse end = fake.Answers[^1];
        fake.Answers.RemoveAt(fake.Answers.Count - 1);
        fake.Fail = method =>
        {
            if (method == "ReattachExecute" && fake.Operations.Values.Single() is { } answers && answers[^1].ResultComplete is null)
            {
                ExecutePlanResponse last = end.Clone();
                last.ResponseId = "end";
                answers.Add(last);
            }

            return null;
        };
        await using ConnectClient client = fake.Connect();
        Assert.Equal(["b0", "b1", "b2"], await BatchesAsync(client));
        Assert.Equal(1, fake.Count("ReattachExecute"));
    }

    [Fact]
    public async Task A_plan_that_never_arrived_is_sent_again()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        Fill(fake, 3);
        int failures = 2;
        fake.Fail = method => method == "ExecutePlan" && failures-- > 0 ? new FakeError(GrpcCode.Unavailable, "no") : null;
        await using ConnectClient client = fake.Connect();
        Assert.Equal(["b0", "b1", "b2"], await BatchesAsync(client));
        // Asked for in between each time: it might have arrived.
        Assert.Equal(["ExecutePlan", "ReattachExecute", "ExecutePlan", "ReattachExecute", "ExecutePlan"], fake.Calls.Where(one => one is "ExecutePlan" or "ReattachExecute"));
        Assert.Single(fake.Received<ExecutePlanRequest>().Select(one => one.OperationId).Distinct());
    }

    [Fact]
    public async Task An_operation_that_is_lost_behind_a_first_answer_is_an_error()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        Fill(fake, 3);
        fake.Cut = _ => (2, 0);
        TaskCompletionSource arrived = new();
        fake.Hold = arrived.Task;
        fake.Fail = method =>
        {
            if (method == "ReattachExecute")
                fake.Operations.Clear();
            return null;
        };
        await using ConnectClient client = fake.Connect();
        SparkException error = await Assert.ThrowsAsync<SparkException>(async () =>
        {
            int got = 0;
            await foreach (ExecutePlanResponse _ in client.ExecuteAsync(AnyPlan))
            {
                if (++got == 2)
                    arrived.SetResult();
            }
        });
        Assert.Contains("it is not run again, because that part would come twice", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, fake.Count("ExecutePlan"));
    }

    [Fact]
    public async Task An_abandoned_operation_gets_a_new_name()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        Fill(fake, 1);
        int failures = 1;
        fake.Fail = method => method == "ExecutePlan" && failures-- > 0 ? new FakeError(GrpcCode.Internal, "x") { ErrorClass = "INVALID_HANDLE.OPERATION_ABANDONED" } : null;
        await using ConnectClient client = fake.Connect();
        Assert.Equal(["b0"], await BatchesAsync(client));
        Assert.Equal(0, fake.Count("ReattachExecute"));
    }

    [Fact]
    public async Task What_passes_by_itself_is_tried_again_and_nothing_else()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        Queue<FakeError?> errors = new([
            new FakeError(GrpcCode.Unavailable, "away"),
            new FakeError(GrpcCode.Internal, "[INVALID_CURSOR.DISCONNECTED] another reader"),
            new FakeError(GrpcCode.ResourceExhausted, "busy") { Delay = TimeSpan.FromMilliseconds(2) },
            null,
            new FakeError(GrpcCode.Internal, "[DIVIDE_BY_ZERO] no"),
        ]);
        fake.Fail = method => method == "Config" ? errors.Dequeue() : null;
        await using ConnectClient client = fake.Connect();
        await client.ConfigAsync(new ConfigRequest.Types.Operation { GetAll = new ConfigRequest.Types.GetAll() });
        Assert.Equal(4, fake.Count("Config"));
        SparkException error = await Assert.ThrowsAsync<SparkException>(() => client.ConfigAsync(new ConfigRequest.Types.Operation { GetAll = new ConfigRequest.Types.GetAll() }));
        Assert.Equal("DIVIDE_BY_ZERO", error.ErrorClass);
        Assert.Equal(5, fake.Count("Config"));
    }

    [Fact]
    public async Task Patience_ends()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        await using ConnectClient client = fake.Connect();
        // A server that answered once is waited for longer than one that never did.
        fake.Fail = _ => new FakeError(GrpcCode.Unavailable, "away");
        Assert.Equal(GrpcCode.Unavailable, (await Assert.ThrowsAsync<SparkException>(() => VersionAsync(client))).StatusCode);
        Assert.Equal(5, fake.Calls.Count);
        fake.Fail = _ => null;
        await VersionAsync(client);
        fake.Calls.Clear();
        fake.Fail = _ => new FakeError(GrpcCode.Unavailable, "away");
        await Assert.ThrowsAsync<SparkException>(() => VersionAsync(client));
        Assert.Equal(16, fake.Calls.Count);
        fake.Fail = _ => null;
    }

    [Fact]
    public void Waits_are_those_of_Spark()
    {
        Assert.Equal([50, 200, 800], Enumerable.Range(0, 3).Select(i => RetryPolicy.Default.Wait(i, null).TotalMilliseconds));
        Assert.InRange(RetryPolicy.Default.Wait(3, null).TotalMilliseconds, 3200, 3700);
        Assert.InRange(RetryPolicy.Default.Wait(14, null).TotalMilliseconds, 60_000, 60_500);
        Assert.InRange(RetryPolicy.Default.Wait(0, TimeSpan.FromSeconds(90)).TotalSeconds, 90, 90.5);
        Assert.InRange(RetryPolicy.Default.Wait(0, TimeSpan.FromHours(9)).TotalMinutes, 10, 10.1);
        Assert.Equal(200, RetryPolicy.Default.Wait(1, TimeSpan.FromMilliseconds(70)).TotalMilliseconds);
    }

    [Fact]
    public async Task Answers_that_arrived_are_released_and_the_operation_at_its_end()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        Fill(fake, 4);
        await using (ConnectClient client = fake.Connect())
            await BatchesAsync(client);
        List<ReleaseExecuteRequest> releases = [.. fake.Received<ReleaseExecuteRequest>()];
        Assert.Contains(releases, one => one.ReleaseAll is not null);
        Assert.Contains(releases, one => one.ReleaseUntil is not null);
        Assert.Equal(0, fake.Count("Interrupt"));
        Assert.Equal(1, fake.Count("ReleaseSession"));
    }

    [Fact]
    public async Task Cancelling_ends_the_call_and_interrupts_the_operation()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        Fill(fake, 2);
        fake.Answers.RemoveAt(fake.Answers.Count - 1);
        fake.Hold = new TaskCompletionSource().Task;
        using CancellationTokenSource source = new();
        ConnectClient client = fake.Connect();
        List<string> got = [];
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ExecutePlanResponse answer in client.ExecuteAsync(AnyPlan, source.Token))
            {
                if (answer.ArrowBatch is { } batch)
                    got.Add(batch.Data.ToStringUtf8());
                if (got.Count == 2)
                    await source.CancelAsync();
            }
        });
        await client.DisposeAsync();
        Assert.Equal(["b0", "b1"], got);
        InterruptRequest interrupt = Assert.Single(fake.Received<InterruptRequest>());
        Assert.Equal(fake.Operations.Keys.Single(), interrupt.OperationId);
        Assert.Contains(fake.Received<ReleaseExecuteRequest>(), one => one.ReleaseAll is not null);
    }

    [Fact]
    public async Task Leaving_the_loop_interrupts_too()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        Fill(fake, 100);
        await using (ConnectClient client = fake.Connect())
        {
            await foreach (ExecutePlanResponse answer in client.ExecuteAsync(AnyPlan))
            {
                if (answer.ArrowBatch is not null)
                    break;
            }
        }

        Assert.Equal(1, fake.Count("Interrupt"));
    }

    [Fact]
    public async Task Progress_is_told()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        Fill(fake, 1);
        ExecutePlanResponse.Types.ExecutionProgress progress = new() { NumInflightTasks = 2 };
        progress.Stages.Add(new ExecutePlanResponse.Types.ExecutionProgress.Types.StageInfo { StageId = 3, NumTasks = 8, NumCompletedTasks = 5, InputBytesRead = 1000 });
        progress.Stages.Add(new ExecutePlanResponse.Types.ExecutionProgress.Types.StageInfo { StageId = 4, NumTasks = 2, InputBytesRead = 24 });
        fake.Answers.Insert(0, new ExecutePlanResponse { ExecutionProgress = progress });
        await using ConnectClient client = fake.Connect();
        List<ExecutionProgress> told = [];
        client.Progressed += told.Add;
        await BatchesAsync(client);
        Assert.Equal(2, told.Count);
        Assert.Equal((10, 5, 1024, 2, false), (told[0].Tasks, told[0].CompletedTasks, told[0].BytesRead, told[0].RunningTasks, told[0].IsComplete));
        Assert.True(told[1].IsComplete);
        Assert.Equal(fake.Operations.Keys.Single(), told[1].OperationId);
    }

    [Fact]
    public async Task A_plan_that_is_too_large_is_refused_before_it_is_sent()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        await using ConnectClient client = fake.Connect();
        Plan large = new() { Root = new Relation { LocalRelation = new LocalRelation { Data = ByteString.CopyFrom(new byte[GrpcChannel.LargestRequest]) } } };
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (ExecutePlanResponse answer in client.ExecuteAsync(large))
                Assert.Fail(answer.ToString());
        });
        Assert.Matches("ExecutePlan would send 134,2[0-9,]+ bytes; Spark takes 134,217,728 at most", error.Message);
        Assert.Empty(fake.Calls);
    }

    [Fact]
    public async Task A_token_goes_with_every_call()
    {
        await using FakeSpark fake = await FakeSpark.StartAsync();
        await using ConnectClient client = fake.Connect(";token=t;user_id=ada;session_id=00112233-4455-6677-8899-aabbccddeeff");
        await VersionAsync(client);
        AnalyzePlanRequest request = fake.Received<AnalyzePlanRequest>().Single();
        Assert.Equal("ada", request.UserContext.UserId);
        Assert.Equal("00112233-4455-6677-8899-aabbccddeeff", request.SessionId);
        Assert.False(request.HasClientObservedServerSideSessionId);
        await VersionAsync(client);
        // A server that was started anew in between would answer for a session that it does not have.
        Assert.Equal("server", fake.Received<AnalyzePlanRequest>().Last().ClientObservedServerSideSessionId);
    }

    internal static void Fill(FakeSpark fake, int batches)
    {
        for (int i = 0; i < batches; i++)
            fake.Answers.Add(new ExecutePlanResponse { ArrowBatch = new ExecutePlanResponse.Types.ArrowBatch { RowCount = 1, Data = ByteString.CopyFromUtf8($"b{i}") } });
        fake.Answers.Add(new ExecutePlanResponse { ResultComplete = new ExecutePlanResponse.Types.ResultComplete() });
    }

    private static Task<AnalyzePlanResponse> VersionAsync(ConnectClient client) => client.AnalyzeAsync(new AnalyzePlanRequest { SparkVersion = new AnalyzePlanRequest.Types.SparkVersion() });

    private static async Task<List<string>> BatchesAsync(ConnectClient client)
    {
        List<string> batches = [];
        await foreach (ExecutePlanResponse answer in client.ExecuteAsync(AnyPlan))
        {
            if (answer.ArrowBatch is { } batch)
                batches.Add(Encoding.UTF8.GetString(batch.Data.Span));
        }

        return batches;
    }
}
