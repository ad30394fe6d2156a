using System;
using System.Collections.Concurrent;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using Dsl.Spark.Executors;

namespace Dsl.Spark.Worker;

/// <summary>
/// The user's assemblies, a folder each time they changed, and what functions loaded with them: once a process, however many tasks there are. Two sessions never share a process.
/// </summary>
internal sealed class UserCode
{
    private readonly ConcurrentDictionary<string, Lazy<CodeFolder>> folders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(Type Type, string State), Lazy<object?>> states = new();

    /// <summary>Makes the function of a command, for one task.</summary>
    public ExecutorFunction Make(byte[] command, TaskHeader header, ITask task)
    {
        FunctionCommand wanted = FunctionCommand.FromBytes(command);
        string folder = Find(wanted.Code, wanted, header);
        Type type = folders.GetOrAdd(folder, static path => new Lazy<CodeFolder>(() => new CodeFolder(path))).Value.Find(wanted);
        ExecutorFunction function = (ExecutorFunction)Activator.CreateInstance(type)!;
        function.Options = wanted.Options;
        object? state = null;
        if (wanted.State is { } name)
        {
            string path = Find(name, wanted, header);
            state = states.GetOrAdd((type, path), key => new Lazy<object?>(() => function.Load(File.ReadAllBytes(key.State)))).Value;
        }

        function.Start(state, task);
        return function;
    }

    /// <summary>
    /// What was uploaded with the session: beside the worker's own archive; under the working folder where an administrator installed the worker; among the application's files; else, for a
    /// stream, whose tasks know of no session, in the session's folder there.
    /// </summary>
    private static string Find(string name, FunctionCommand wanted, TaskHeader header)
    {
        // Archives are unpacked into <session>/<alias>, and the worker lies in bin of its own.
        string beside = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
        string[] places = [Path.Combine(beside, name), Path.GetFullPath(name), Path.Combine(header.FilesFolder, name), Path.GetFullPath(Path.Combine(header.FilesFolder, wanted.Session ?? "", name))];
        foreach (string place in places)
        {
            if (Directory.Exists(place) || File.Exists(place))
                return place;
        }

        throw new FileNotFoundException($"{name}, which the client uploaded, is at none of {string.Join(", ", places)}. An executor that joined after a stream started does not get it; DataFrame.SaveFunctions writes it for machines with an installed worker.");
    }

    /// <summary>Assemblies of one folder. What the worker itself has is the worker's, so that both sides mean the same by it.</summary>
    private sealed class CodeFolder(string folder) : AssemblyLoadContext(Path.GetFileName(folder))
    {
        public Type Find(FunctionCommand command)
        {
            Assembly assembly = LoadFromAssemblyName(new AssemblyName(command.Assembly));
            Type type = assembly.GetType(command.Type)
                ?? throw new TypeLoadException($"{command.Assembly} in {folder} has no {command.Type}; it was built from other sources than the client.");
            return typeof(ExecutorFunction).IsAssignableFrom(type) ? type : throw new TypeLoadException($"{command.Type} is no {nameof(ExecutorFunction)}.");
        }

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (CodeArchive.IsOwn(assemblyName.Name))
                return null;
            string path = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
        }

        protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
        {
            foreach (string name in new[] { unmanagedDllName, unmanagedDllName + ".so", "lib" + unmanagedDllName + ".so" })
            {
                string path = Path.Combine(folder, name);
                if (File.Exists(path))
                    return LoadUnmanagedDllFromPath(path);
            }

            return IntPtr.Zero;
        }
    }
}
