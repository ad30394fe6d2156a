namespace Dsl.Spark.Connect;

/// <summary>How a call of gRPC ended (https://grpc.io/docs/guides/status-codes/).</summary>
public enum GrpcCode
{
    /// <summary>Well.</summary>
    Ok = 0,

    /// <summary>The caller gave up.</summary>
    Cancelled = 1,

    /// <summary>In an unknown way.</summary>
    Unknown = 2,

    /// <summary>The server refuses what was given.</summary>
    InvalidArgument = 3,

    /// <summary>It took too long.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for is not there.</summary>
    NotFound = 5,

    /// <summary>What should be made is there.</summary>
    AlreadyExists = 6,

    /// <summary>The caller may not do that.</summary>
    PermissionDenied = 7,

    /// <summary>Something is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The state of the server does not allow it.</summary>
    FailedPrecondition = 9,

    /// <summary>Something else came in between.</summary>
    Aborted = 10,

    /// <summary>Beyond the end.</summary>
    OutOfRange = 11,

    /// <summary>The server does not know the call.</summary>
    Unimplemented = 12,

    /// <summary>The server failed; Spark's errors are sent as this.</summary>
    Internal = 13,

    /// <summary>The server cannot be reached, or the connection broke.</summary>
    Unavailable = 14,

    /// <summary>Data was lost.</summary>
    DataLoss = 15,

    /// <summary>The server does not know who calls.</summary>
    Unauthenticated = 16,
}
