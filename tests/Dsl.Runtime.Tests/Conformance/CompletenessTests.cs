using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using Xunit;

namespace Dsl.Runtime.Tests.Conformance;

/// <summary>
/// No operation of a backend is forgotten: read from the interface (which a test of the compiler holds equal to its table) and from the scenarios' own code.
/// What <see cref="Families"/> lists runs for value, NaN, threads and allocation, so that an operation of the reference that throws is seen.
/// </summary>
public sealed class CompletenessTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    // Memory, and what the runtime asks outside of steps: the suite has tests of their own for them.
    private static readonly string[] Services = ["get_UsesHostMemory", "Allocate", "AllocateInts", "Free", "Write", "Read", "AllFinite"];

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Fact]
    public void Every_operation_has_a_scenario()
    {
        HashSet<string> called = [.. Families.All.Values.Select(family => family.Draw.Method.DeclaringType!).Distinct().SelectMany(OperationsOf)];
        NothingIsLeft("operations without a scenario that runs", Operations().Where(name => !called.Contains(name)));
    }

    [Fact]
    public void Every_gradient_is_compared_with_central_differences()
    {
        HashSet<string> called = [.. ReferenceGradientTests.Differentiated.Select(name => Families.All[name].Draw.Method.DeclaringType!).Distinct().SelectMany(OperationsOf)];
        NothingIsLeft("gradients that no central difference is held against", Gradients().Where(name => !called.Contains(name)));
    }

    [Fact]
    public void Every_scenario_runs()
    {
        HashSet<MethodInfo> listed = [.. Families.All.Values.Select(family => family.Draw.Method)];
        NothingIsLeft("scenarios that are not among the families", typeof(Scenario).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Scenario)))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.GetParameters() is [{ } only] && only.ParameterType == typeof(Draw) && method.ReturnType.IsAssignableTo(typeof(Scenario)))
            .Where(method => !listed.Contains(method))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}"));
    }

    private static IEnumerable<string> Operations() => typeof(IBackend).GetMethods().Select(method => method.Name).Where(name => !Services.Contains(name)).Distinct();

    // The losses give their gradient beside the value.
    private static IEnumerable<string> Gradients() => typeof(IBackend).GetMethods()
        .Where(method => method.Name.EndsWith("Backward", StringComparison.Ordinal) && !method.Name.StartsWith("Prepare", StringComparison.Ordinal)
            || method.GetParameters().Any(parameter => parameter.Name == "dx"))
        .Select(method => method.Name);

    private static void NothingIsLeft(string what, IEnumerable<string> left) => Assert.True(!left.Any(), $"{what}: {string.Join(", ", left)}");

    /// <summary>The operations that a scenario's code calls, in its methods and in the functions within them.</summary>
    private static IEnumerable<string> OperationsOf(Type scenario) => scenario.GetNestedTypes(Declared).Prepend(scenario)
        .SelectMany(type => type.GetMethods(Declared)).SelectMany(Called).Where(method => method.DeclaringType == typeof(IBackend)).Select(method => method.Name);

    private static IEnumerable<MethodBase> Called(MethodInfo method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[] typeArguments = method.DeclaringType!.GetGenericArguments();
        Type[] methodArguments = method.GetGenericArguments();
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = OpCodesByValue[code[at] == 0xFE ? unchecked((short)(0xFE00 | code[at + 1])) : code[at]];
            at += operation.Size;
            if (operation.OperandType == OperandType.InlineMethod && method.Module.ResolveMethod(BitConverter.ToInt32(code, at), typeArguments, methodArguments) is { } called)
                yield return called;
            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
