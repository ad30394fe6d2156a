using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http.Headers;
using Dsl.Spark.Protocol.Rpc;
using Google.Protobuf;

namespace Dsl.Spark.Connect;

/// <summary>A call that did not end well, as gRPC tells it.</summary>
internal sealed class GrpcException : Exception
{
    public GrpcException(GrpcCode code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    private GrpcException(GrpcCode code, string message, ErrorInfo? info, TimeSpan? delay)
        : base(message)
    {
        Code = code;
        Delay = delay;
        Metadata = info?.Metadata ?? Metadata;
    }

    public GrpcCode Code { get; }

    /// <summary>How long the server wants the caller to wait before the next try; null where it does not ask for one.</summary>
    public TimeSpan? Delay { get; }

    /// <summary>What Spark says of its error: errorClass, sqlState, errorId ...</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    /// <summary>Spark's name of the error, such as <c>INVALID_HANDLE.OPERATION_NOT_FOUND</c>; empty where it has none.</summary>
    public string ErrorClass => Metadata.TryGetValue("errorClass", out string? name) ? name : ClassIn(Message);

    /// <summary>The status in the headers or the trailers of an answer; null where there is none.</summary>
    /// <param name="headers">The headers or trailers.</param>
    /// <param name="error">What went wrong, or null.</param>
    public static bool TryRead(HttpHeaders headers, out GrpcException? error)
    {
        error = null;
        if (First(headers, "grpc-status") is not { } status)
            return false;
        GrpcCode code = int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 0 and <= 16 ? (GrpcCode)number : GrpcCode.Unknown;
        if (code == GrpcCode.Ok)
            return true;
        string message = Uri.UnescapeDataString(First(headers, "grpc-message") ?? "");
        ErrorInfo? info = null;
        TimeSpan? delay = null;
        if (First(headers, "grpc-status-details-bin") is { } details && TryParse(details) is { } parsed)
        {
            if (parsed.Message.Length > message.Length)
                message = parsed.Message;
            foreach (Google.Protobuf.WellKnownTypes.Any detail in parsed.Details)
            {
                if (detail.TryUnpack(out ErrorInfo found))
                    info = found;
                else if (detail.TryUnpack(out RetryInfo retry))
                    delay = retry.RetryDelay?.ToTimeSpan() ?? TimeSpan.Zero;
            }
        }

        error = new GrpcException(code, message.Length > 0 ? message : $"The server ended the call with {code} and no word why.", info, delay);
        return true;
    }

    /// <summary>The class that Spark puts before its messages: <c>[TABLE_OR_VIEW_NOT_FOUND] The table ...</c>.</summary>
    private static string ClassIn(string message)
    {
        int start = message.IndexOf('[', StringComparison.Ordinal);
        int end = start < 0 ? -1 : message.IndexOf(']', start);
        string name = end < 0 ? "" : message[(start + 1)..end];
        return name.All(one => char.IsAsciiLetterUpper(one) || char.IsAsciiDigit(one) || one is '_' or '.') ? name : "";
    }

    private static string? First(HttpHeaders headers, string name) => headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;

    private static Status? TryParse(string details)
    {
        try
        {
            // gRPC leaves out the padding.
            return Status.Parser.ParseFrom(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')));
        }
        catch (Exception error) when (error is FormatException or InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
