using System;
using System.Threading.Tasks;
using Polly;
using Polly.Retry;

namespace Dsl.Spark.Connect;

/// <summary>
/// When a call is made again and after what time, as Spark's own clients do it (DefaultPolicy of pyspark.sql.connect.client.retries): at least ten minutes of patience with a server that is away.
/// </summary>
/// <param name="Attempts">How often it is made again.</param>
/// <param name="First">The wait before the first of them; each wait is four times the one before.</param>
/// <param name="Longest">The longest wait.</param>
internal sealed record RetryPolicy(int Attempts, TimeSpan First, TimeSpan Longest)
{
    private const double Factor = 4;

    // Waits from here on are drawn longer by up to half a second, so that many clients do not come back together.
    private static readonly TimeSpan LeastDrawn = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(10);

    public static RetryPolicy Default { get; } = new(15, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));

    /// <summary>For first calls: who mistyped an address should not wait for ten minutes.</summary>
    public RetryPolicy AtFirstContact() => this with { Attempts = Math.Min(Attempts, 4), Longest = TimeSpan.FromSeconds(Math.Min(1, Longest.TotalSeconds)) };

    /// <summary>Whether an error passes by itself.</summary>
    public static bool IsPassing(Exception error) => error is GrpcException { Code: var code } known &&
        (code == GrpcCode.Unavailable || known.Delay is not null || known.ErrorClass == "INVALID_CURSOR.DISCONNECTED");

    /// <summary>The policy at work.</summary>
    /// <param name="clock">Who waits.</param>
    public ResiliencePipeline Build(TimeProvider? clock = null) => new ResiliencePipelineBuilder { TimeProvider = clock ?? TimeProvider.System }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Attempts,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } error && IsPassing(error)),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(Wait(arguments.AttemptNumber, (arguments.Outcome.Exception as GrpcException)?.Delay)),
        })
        .Build();

    /// <summary>The wait before a further attempt.</summary>
    /// <param name="attempt">Its number, from 0.</param>
    /// <param name="asked">What the server asked for.</param>
    internal TimeSpan Wait(int attempt, TimeSpan? asked)
    {
        TimeSpan wait = TimeSpan.FromMilliseconds(Math.Min(Longest.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(Factor, attempt)));
        if (asked > wait)
            wait = asked.Value < LongestAsked ? asked.Value : LongestAsked;
        return wait < LeastDrawn ? wait : wait + TimeSpan.FromMilliseconds(Random.Shared.Next(500));
    }
}
