using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace Dsl.Spark.Connect;

/// <summary>An error of Spark, or of the way to it. Its cause in the JVM, where there is one, is the inner exception.</summary>
public sealed class SparkException : Exception
{
    internal SparkException(string message, GrpcCode code, Exception? inner = null)
        : base(message, inner) => StatusCode = code;

    /// <summary>How the call ended.</summary>
    public GrpcCode StatusCode { get; }

    /// <summary>Spark's name of the error, such as <c>TABLE_OR_VIEW_NOT_FOUND</c> (https://spark.apache.org/docs/latest/sql-error-conditions.html); empty where it has none.</summary>
    public string ErrorClass { get; internal init; } = "";

    /// <summary>The SQLSTATE, such as <c>42P01</c>; empty where there is none.</summary>
    public string SqlState { get; internal init; } = "";

    /// <summary>The values in the message by name.</summary>
    public IReadOnlyDictionary<string, string> MessageParameters { get; internal init; } = new Dictionary<string, string>();

    /// <summary>The class of the JVM's exception and those that it derives from, the nearest first.</summary>
    public IReadOnlyList<string> JvmClasses { get; internal init; } = [];

    /// <summary>The JVM's stack, a frame a line; empty where the server does not give it.</summary>
    public string JvmStackTrace { get; internal init; } = "";

    /// <summary>The parts of the query that the error is about.</summary>
    public IReadOnlyList<string> QueryContexts { get; internal init; } = [];

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new(base.ToString());
        for (SparkException? at = this; at is not null; at = at.InnerException as SparkException)
        {
            if (at.JvmStackTrace.Length > 0)
                text.Append("\n--- in the JVM").Append(at.JvmClasses.Count > 0 ? ", " + at.JvmClasses[0] : "").Append('\n').Append(at.JvmStackTrace);
        }

        return text.ToString();
    }

    /// <summary>What the status alone says; its texts may be cut.</summary>
    internal static SparkException From(GrpcException error) => new(error.Message, error.Code, error)
    {
        ErrorClass = error.ErrorClass,
        SqlState = error.Metadata.GetValueOrDefault("sqlState", ""),
        JvmStackTrace = error.Metadata.GetValueOrDefault("stackTrace", ""),
    };

    /// <summary>The whole error as the server keeps it.</summary>
    /// <param name="error">What the status said.</param>
    /// <param name="details">What the server says when asked; its causes refer to each other by index.</param>
    internal static SparkException From(GrpcException error, Protocol.FetchErrorDetailsResponse details)
    {
        if (!details.HasRootErrorIdx || details.RootErrorIdx < 0 || details.RootErrorIdx >= details.Errors.Count)
            return From(error);
        return Build(details.RootErrorIdx, depth: 0)!;

        SparkException? Build(int index, int depth)
        {
            // A server that has its causes in a ring ends here.
            if (index < 0 || index >= details.Errors.Count || depth > details.Errors.Count)
                return null;
            Protocol.FetchErrorDetailsResponse.Types.Error one = details.Errors[index];
            Exception? inner = one.HasCauseIdx ? Build(one.CauseIdx, depth + 1) : null;
            Protocol.FetchErrorDetailsResponse.Types.SparkThrowable? known = one.SparkThrowable;
            return new SparkException(one.Message.Length > 0 || depth > 0 ? one.Message : error.Message, error.Code, inner)
            {
                ErrorClass = known?.ErrorClass is { Length: > 0 } name ? name : depth == 0 ? error.ErrorClass : "",
                SqlState = known?.SqlState is { Length: > 0 } state ? state : depth == 0 ? error.Metadata.GetValueOrDefault("sqlState", "") : "",
                MessageParameters = known is null ? new Dictionary<string, string>() : new Dictionary<string, string>(known.MessageParameters),
                JvmClasses = [.. one.ErrorTypeHierarchy],
                JvmStackTrace = string.Join("\n", one.StackTrace.Select(Frame)),
                QueryContexts = known is null ? [] : [.. known.QueryContexts.Select(each => each.Summary.Length > 0 ? each.Summary : each.Fragment)],
            };
        }
    }

    private static string Frame(Protocol.FetchErrorDetailsResponse.Types.StackTraceElement frame) =>
        $"   at {frame.DeclaringClass}.{frame.MethodName}({(frame.HasFileName ? frame.FileName : "unknown")}:{frame.LineNumber})";
}
