using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Dsl.Spark.Executors;
using Dsl.Spark.Worker;

// `Dsl.Spark.Worker archive <folder> <file>`: the form in which a worker with its own .NET travels, of the folder where it was published.
if (args is ["archive", string published, string archive])
{
    using FileStream file = File.Create(archive);
    CodeArchive.OfPublishedWorker(published).Write(file);
    return 0;
}

// Spark starts what it takes for Python: `worker -m pyspark.daemon pyspark.worker`, or `worker -m pyspark.worker` where it wants no daemon.
if (args.Contains("pyspark.daemon") || !args.Contains("pyspark.worker"))
{
    using Daemon daemon = new();
    return daemon.Run();
}

string? path = Daemon.IsSet("PYTHON_UNIX_DOMAIN_ENABLED") ? Daemon.Wanted("PYTHON_WORKER_FACTORY_SOCK_PATH") : null;
Socket socket = path is not null ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
socket.Connect(path is not null
    ? new UnixDomainSocketEndPoint(path)
    : new IPEndPoint(IPAddress.Loopback, int.Parse(Daemon.Wanted("PYTHON_WORKER_FACTORY_PORT"), NumberStyles.None, CultureInfo.InvariantCulture)));
using SocketWatch watch = new();
new Connection(socket, path is null ? Daemon.Wanted("PYTHON_WORKER_FACTORY_SECRET") : null, new UserCode(), watch).Offer();
return 0;
